import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../../test/support/browsers.js';
import { layoutStyles } from '../../test/support/look-dresses.js';
import { lookSite } from '../../test/support/look-site.js';
import { painted, STATES } from '../../test/support/look-states.js';
import { openPage } from '../../test/support/page.js';
import { type Card, type Scene, SCENES } from './scenes.js';

/**
 * Takes the pictures of README.md and docs/guide/gallery.md. The session is scripted, so that they show real answers
 * without calling a model. Run: `npx tsx demo/pictures/take-pictures.ts`
 */
const FOLDER = 'demo/pictures';

/** The picture of README.md: two cards in the middle of a call, one light and one dark. */
const LIGHT_AND_DARK: Scene = {
  name: 'light-and-dark',
  width: 1000,
  cards: [{ state: 'speaking' }, { state: 'listening', scheme: 'dark' }],
};

const STYLES = `
  body { margin: 0 }
  main { display: flex; inline-size: max-content; font: 16px/1.5 system-ui, sans-serif }
  section { padding: 28px }
  .light { color-scheme: light; background: #eef2f1 }
  .dark { color-scheme: dark; background: #0e1112 }
  scripted-voice { --realtime-voice-width: 344px }
  /* What shows through glass: a room in the evening, with a lamp and a green chair. */
  .glass { background:
    radial-gradient(circle at 78% 16%, #fff3cf 0 4%, #ffd58a 7%, transparent 24%),
    radial-gradient(ellipse at 26% 88%, #1f6b5c 0 16%, #174f47 24%, transparent 38%),
    radial-gradient(ellipse at 88% 78%, #b4532e 0 12%, transparent 34%),
    linear-gradient(90deg, transparent 62%, #2b4a6b 62% 64%, transparent 64%),
    linear-gradient(#f2c59b, #d98f6a 58%, #7b4a3a 58.5%, #54332b) }
  .dark.glass { background:
    radial-gradient(circle at 78% 16%, #ffe3a6 0 3%, #b9803c 7%, transparent 26%),
    radial-gradient(ellipse at 26% 88%, #17594d 0 16%, #0e3a34 24%, transparent 40%),
    radial-gradient(ellipse at 88% 78%, #7a3219 0 12%, transparent 34%),
    linear-gradient(#2a3350, #4a3a52 58%, #231a1c 58.5%, #171113) }
  article { display: grid; gap: 8px; padding: 12px; border-radius: 12px; background: #f6e7dd; color: #2b1a12 }
  article button { justify-self: start; padding: 8px 16px; border: 0; border-radius: 99px; background: #7a3219;
    color: #fff; font: 600 14px system-ui, sans-serif }
  .themes { flex-wrap: wrap; inline-size: 1600px }
  .voice-first { inline-size: 440px }
  .voice-first scripted-voice { --realtime-voice-width: 100% }
  /* A page of a shop, drawn with lines only, beside the sidebar. */
  section:has(.sidebar) { padding: 0; inline-size: 744px; background:
    linear-gradient(#1f6b5c 0 0) 40px 44px / 150px 20px no-repeat,
    linear-gradient(#d8c3b0 0 0) 40px 100px / 300px 260px no-repeat,
    linear-gradient(#8d9a96 0 0) 40px 388px / 220px 18px no-repeat,
    linear-gradient(#c9d1ce 0 0) 40px 428px / 300px 10px no-repeat,
    linear-gradient(#c9d1ce 0 0) 40px 450px / 280px 10px no-repeat,
    linear-gradient(#c9d1ce 0 0) 40px 472px / 300px 10px no-repeat,
    linear-gradient(#c9d1ce 0 0) 40px 494px / 190px 10px no-repeat,
    linear-gradient(#1f6b5c 0 0) 40px 536px / 130px 40px no-repeat, #fff }
  .sidebar { inline-size: 380px; block-size: 676px; margin-inline-start: auto }
  .pills { flex-wrap: wrap; inline-size: 912px }
  .pills scripted-voice { --realtime-voice-width: 400px }
  /* The lower end of its window. */
  .launcher { margin-block-start: 388px }
  .launcher section { inline-size: 424px; block-size: 200px }
  .phone section { inline-size: 334px; block-size: 588px }
`;

const browser = await launchChromium();
try {
  for (const scene of [LIGHT_AND_DARK, ...SCENES]) await take(browser, scene);
} finally {
  await browser.close();
}

async function take(browser: Browser, { name, width, height = 644, cards }: Scene): Promise<void> {
  const { routes } = await lookSite();
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Picture</title>
<link rel="stylesheet" href="/picture.css"><script type="module" src="/looks.js"></script></head>
<body><main class="${name}">${cards.map(section).join('')}</main></body></html>`;
  const styles = { '/picture.css': { body: `${layoutStyles()}\n${STYLES}`, headers: { 'content-type': 'text/css' } } };
  await using opened = await openPage(browser, { html, script: 'none', routes: { ...routes, ...styles } });
  const { page } = opened;
  await page.setViewport({
    width,
    height,
    deviceScaleFactor: name === LIGHT_AND_DARK.name ? 2 : 1.5,
  });
  // The bars only wave where motion is allowed; the tests' browsers ask for reduced motion.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  await page.evaluate("customElements.whenDefined('scripted-voice').then(() => {})");
  for (const [index, card] of cards.entries()) {
    await page.evaluate(`(${show})(${index}, ${JSON.stringify(card)}, ${STATES[card.state]})`);
  }
  // The bars rise to the level over several frames.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.evaluate(painted);
  const main = (await page.$('main'))!;
  await main.screenshot({ path: `${FOLDER}/${name}.webp`, type: 'webp', quality: 80, omitBackground: true });
}

function section({ scheme = 'light', lang = 'en', layout, attributes }: Card): string {
  const [classes, dir] = [`${scheme} ${attributes?.['theme'] ?? ''}`, lang === 'ar' ? 'rtl' : 'ltr'];
  return `<section class="${classes}" lang="${lang}" dir="${dir}"><div class="${layout ?? ''}"></div></section>`;
}

/** Runs in the page: puts an element into a section and brings it into its state. */
async function show(index: number, card: Card, bring: (scene: object) => unknown): Promise<void> {
  const element = document.createElement('scripted-voice');
  element.setAttribute('label', 'Ask Fern & Co.');
  for (const [name, value] of Object.entries(card.attributes ?? {})) element.setAttribute(name, value);
  if (card.starters) element.starters = card.starters;
  document.querySelectorAll('section > div')[index]!.append(element);
  await element.updateComplete;
  const session = element.script;
  const call = (options?: { microphone: boolean }): void => {
    void element.start(options);
    session.ready();
  };
  await bring({ element, session, call });
  await element.updateComplete;
}
