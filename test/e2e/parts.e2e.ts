import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { statesOf } from '../support/look-states.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

/** What the page's own code can style, as the package and the guide tell it. */
const declared = readFileSync('src/element/realtime-voice.ts', 'utf8').match(/(?<=@csspart )[\w-]+/g)!;
const inGuide = /(?<=^Parts: ).*/m.exec(readFileSync('docs/guide/theming.md', 'utf8'))![0].match(/[\w-]+/g)!;

it('the parts that are drawn in all states are those that the package and the guide name, and controls are parts', async () => {
  const drawn = new Set<string>();
  const nameless = new Set<string>();
  for (const variant of ['inline', 'floating']) {
    await using look = await LookPage.open(await sharedChromium(), variant, { name: 'light' });
    for (const state of statesOf(variant)) {
      await look.show(state);
      const { parts, controls } = await look.page.evaluate(partsOf);
      for (const part of parts) drawn.add(part);
      for (const control of controls) nameless.add(`${state}: ${control}`);
    }
  }
  assert.deepEqual([...nameless], [], 'every control is a part');
  assert.deepEqual([...drawn].sort(), [...declared].sort());
  assert.deepEqual([...inGuide].sort(), [...declared].sort());
});

/** Runs in the page: the parts of the element, and the controls that are none. */
function partsOf(): { parts: string[]; controls: string[] } {
  const { shadowRoot } = document.querySelector('scripted-voice')!;
  const parts = [...shadowRoot!.querySelectorAll('[part]')].flatMap((node) => [...node.part]);
  const controls = [...shadowRoot!.querySelectorAll('button, input, select')].filter((node) => node.part.length === 0);
  return { parts, controls: controls.map((node) => node.outerHTML.slice(0, 80)) };
}
