import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedFirefox } from '../support/shared-browsers.js';
import { LayoutWatch } from './support/layout-watch.js';
import { useQuietRoom } from './support/quiet-room.js';
import { RunningCall } from './support/running-call.js';
import { openVoicePage } from './support/voice-page.js';
import { SHAPES, wholeCall } from './support/whole-call.js';

const room = useQuietRoom();

describe('in a whole call everything keeps its place', () => {
  for (const [shape, attributes] of Object.entries(SHAPES)) {
    for (const name of ['Chromium', 'Firefox']) {
      it(`${shape} in ${name}: the card and its controls keep their places`, async () => {
        const options = RunningCall.page(room.practice.url, { attributes: { ...attributes, muted: '' } });
        await using voice = await openVoicePage(name === 'Chromium' ? room.chromium : await sharedFirefox(), options);
        // Room for the whole card: a press on what is out of view scrolls the page.
        await voice.page.setViewport({ width: 800, height: 900 });
        const watch = await LayoutWatch.of(voice.page);
        await wholeCall(voice);
        const places = await watch.places();
        const states = new Set(places.map(({ state }) => state));
        for (const state of ['idle', 'connecting', 'listening', 'speaking']) assert.ok(states.has(state), state);
        assert.ok(
          places.some((place) => place['accept-button']),
          'a tool asks',
        );
        for (const part of ['panel', 'status', 'mute-button', 'end-button', 'text-field', 'interrupt-button']) {
          // A question makes the pill higher, and its state is as wide as its buttons leave it room.
          const isResized = shape === 'compact' && ['panel', 'status'].includes(part);
          const shown = places.map((place) => place[part]).filter((place) => place !== undefined);
          const seen = isResized ? shown.map((place) => place.split(' ', 2).join(' ')) : shown;
          if (shape !== 'compact' || part !== 'text-field') assert.ok(seen.length > 0, `${part} was seen`);
          assert.equal(new Set(seen).size <= 1, true, `${part}: ${[...new Set(seen)].join(' | ')}`);
        }
      });
    }
  }
});
