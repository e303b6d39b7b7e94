import { expect } from '@open-wc/testing';
import { CARD_STATES, mount, type Mounted } from '../../support/scripted-voice.js';

/** What pages say of all their text, and resets of all their elements. */
const HOSTILE: Readonly<Record<string, string>> = {
  'the text of its ancestors': `body {
    white-space: pre; text-indent: 3em; word-spacing: 2em; letter-spacing: 1em; text-shadow: 2px 2px red;
    text-transform: uppercase; text-align: justify; text-align-last: center; font-style: italic; font-weight: 900;
    font-variant: small-caps; font-stretch: expanded; line-height: 4; word-break: break-all; hyphens: auto;
    overflow-wrap: normal; line-break: anywhere; tab-size: 20; text-wrap: nowrap;
    text-underline-offset: 1em; text-emphasis: dot; -webkit-text-stroke: 2px red; -webkit-text-fill-color: red;
    writing-mode: vertical-rl; text-orientation: upright; quotes: none; list-style: square; caret-color: red;
    border-collapse: collapse; empty-cells: hide; caption-side: bottom; font-feature-settings: 'smcp';
    font-size-adjust: 2; font-kerning: none; orphans: 9; widows: 9; image-rendering: pixelated;
    paint-order: stroke; stroke: red; stroke-width: 9px; fill: red;
  }`,
  'every element': `* {
    white-space: nowrap; text-indent: 3em; word-spacing: 2em; letter-spacing: 1em; text-shadow: 2px 2px red;
    text-transform: uppercase; text-align: center; font-style: italic; font-weight: 100; line-height: 3;
    word-break: break-all; hyphens: auto; -webkit-text-stroke: 2px red; stroke: red; fill: red;
    margin: 0; padding: 0; border: 0; outline: 0; box-sizing: content-box; vertical-align: baseline;
    transition: all 2s; float: none;
  }`,
};

/** Follows the page on purpose, or only describes the other properties once more. */
const FOLLOWS =
  /^(font-family|color-scheme|visibility|pointer-events|(block|inline)-size|height|width|top|right|bottom|left|inset-.*|perspective-origin|transform-origin|-webkit-locale)$/;

interface Drawn {
  readonly name: string;
  readonly style: ReadonlyMap<string, string>;
  readonly size: string;
}

/** Every box of the element: its style, and how large it is. */
function drawn({ element }: Mounted): Drawn[] {
  return [
    ...element.shadowRoot!.querySelectorAll<HTMLElement>('section, section :not(svg *, option, .unseen, .unseen *)'),
  ].map((node) => {
    const style = getComputedStyle(node);
    const { width, height } = node.getBoundingClientRect();
    return {
      name: `${node.localName}.${node.className}`,
      style: new Map(
        [...style].filter((name) => !FOLLOWS.test(name)).map((name) => [name, style.getPropertyValue(name)]),
      ),
      size: `${Math.round(width)} × ${Math.round(height)}`,
    };
  });
}

/** @returns where the two differ, in words */
function differences(wanted: readonly Drawn[], seen: readonly Drawn[]): string[] {
  return wanted.flatMap(({ name, style, size }, index) => {
    const other = seen[index]!;
    const differs = [...style].filter(([property, value]) => other.style.get(property) !== value);
    const words = differs.map(([property, value]) => `${name} ${property}: ${other.style.get(property)}, not ${value}`);
    return size === other.size ? words : [...words, `${name} is ${other.size}, not ${size}`];
  });
}

async function face(name: string, attributes: Readonly<Record<string, string>>): Promise<Mounted> {
  const mounted = await mount(attributes);
  await CARD_STATES[name]!(mounted);
  mounted.element.style.fontSize = '15px';
  if (attributes['variant'] === 'floating') mounted.element.open = true;
  await mounted.element.updateComplete;
  return mounted;
}

for (const [name, css] of Object.entries(HOSTILE)) {
  describe(`the page's CSS for ${name} does not reach inside`, () => {
    const style = Object.assign(document.createElement('style'), { textContent: css });
    afterEach(() => style.remove());

    for (const variant of ['inline', 'compact', 'floating']) {
      for (const state of ['before the first call', 'thinking', 'muted', 'a question']) {
        it(`${variant}: ${state}`, async () => {
          const wanted = drawn(await face(state, { variant }));
          document.head.append(style);
          const seen = drawn(await face(state, { variant }));
          expect(seen.length).to.equal(wanted.length);
          expect(differences(wanted, seen).join('\n')).to.equal('');
        });
      }
    }
  });
}

it("the page's font and colours still do", async () => {
  const mounted = await mount();
  const box = mounted.element.parentElement!;
  box.style.cssText = 'font-family: monospace; color-scheme: dark; direction: rtl';
  const { fontFamily, colorScheme, direction } = getComputedStyle(mounted.part('heading')!);
  expect({ fontFamily, colorScheme, direction }).to.deep.equal({
    fontFamily: 'monospace',
    colorScheme: 'dark',
    direction: 'rtl',
  });
});
