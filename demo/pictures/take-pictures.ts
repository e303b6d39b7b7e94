import type { Page } from 'puppeteer-core';
import { launchChromium } from '../../test/support/browsers.js';
import { lookSite } from '../../test/support/look-site.js';
import { painted } from '../../test/support/look-states.js';
import { openPage } from '../../test/support/page.js';

/**
 * Takes the picture in README.md: two cards in the middle of a call, one light and one dark. The session is scripted, so
 * that the picture shows a real answer without calling a model. Run: `npx tsx demo/pictures/take-pictures.ts`
 */
const PICTURE = 'demo/pictures/light-and-dark.webp';

const STYLES = `
  body { margin: 0 }
  main { display: flex; inline-size: max-content; font: 16px/1.5 system-ui, sans-serif }
  section { padding: 28px }
  section:first-child { color-scheme: light; background: #eef2f1; border-radius: 24px 0 0 24px }
  section:last-child { color-scheme: dark; background: #0e1112; border-radius: 0 24px 24px 0 }
  scripted-voice { --realtime-voice-width: 344px; --realtime-voice-height: 520px }
`;

const browser = await launchChromium();
try {
  const { routes } = await lookSite();
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Picture</title>
<link rel="stylesheet" href="/picture.css"><script type="module" src="/looks.js"></script></head>
<body><main><section></section><section></section></main></body></html>`;
  const styles = { '/picture.css': { body: STYLES, headers: { 'content-type': 'text/css' } } };
  await using opened = await openPage(browser, { html, script: 'none', routes: { ...routes, ...styles } });
  await take(opened.page);
} finally {
  await browser.close();
}

async function take(page: Page): Promise<void> {
  await page.setViewport({ width: 1000, height: 800, deviceScaleFactor: 2 });
  // The bars only wave where motion is allowed; the tests' browsers ask for reduced motion.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  await page.evaluate(showCalls);
  // The bars rise to the level over several frames.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.evaluate(painted);
  const main = (await page.$('main'))!;
  await main.screenshot({ path: PICTURE, type: 'webp', quality: 82, omitBackground: true });
}

/** Runs in the page: starts a call in both cards. In the light one the assistant speaks, in the dark one the visitor. */
async function showCalls(): Promise<void> {
  await customElements.whenDefined('scripted-voice');
  for (const section of document.querySelectorAll('section')) {
    const element = document.createElement('scripted-voice');
    element.setAttribute('label', 'Ask Fern & Co.');
    section.append(element);
    await element.updateComplete;
    const session = element.script!;
    void element.start();
    session.ready();
    const isLight = section.matches(':first-child');
    if (isLight) {
      session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
      session.say({ id: '2', role: 'assistant', text: 'We do. Two are ready in our shop in Bergen, and' });
      session.to('speaking');
      session.outputLevel = 0.8;
    } else {
      session.say({ id: '1', role: 'assistant', text: 'A new one takes us five weeks.', status: 'final' });
      session.say({ id: '2', text: 'Lovely. Can you mend my old one too, or' });
      session.inputLevel = 0.8;
    }
    await element.updateComplete;
  }
}
