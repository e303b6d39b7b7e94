import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EVENTFUL, eventfulCall } from './support/eventful-call.js';
import { LayoutWatch } from './support/layout-watch.js';
import { useQuietRoom } from './support/quiet-room.js';
import { RunningCall } from './support/running-call.js';
import { openVoicePage } from './support/voice-page.js';
import { SHAPES, wholeCall } from './support/whole-call.js';

const WINDOWS = { 'on a desktop': [1200, 900], 'on a phone': [390, 844] } as const;

const BELOW = '<p>Words of the page.</p>';

const room = useQuietRoom();

describe('in a whole call nothing moves', () => {
  for (const [shape, attributes] of Object.entries(SHAPES)) {
    for (const [where, [width, height]] of Object.entries(WINDOWS)) {
      it(`${shape}, ${where}: the layout shift is 0, with and without input`, async () => {
        const options = RunningCall.page(room.practice.url, { attributes: { ...attributes, muted: '' } });
        await using voice = await openVoicePage(room.chromium, options);
        await voice.page.setViewport({ width, height });
        const watch = await LayoutWatch.of(voice.page);
        await wholeCall(voice);
        assert.deepEqual(await watch.shifts(), { withInput: [], withoutInput: [] });
      });
    }
  }

  for (const [shape, attributes] of Object.entries({ inline: {}, floating: SHAPES['floating']! })) {
    it(`${shape}, with all that can happen in a call: the layout shift is 0, also below the element`, async () => {
      const all = { ...EVENTFUL, ...attributes, muted: '' };
      const options = RunningCall.page(room.practice.url, { attributes: all, below: BELOW });
      await using voice = await openVoicePage(room.chromium, options);
      await voice.page.setViewport({ width: 1200, height: 900 });
      const watch = await LayoutWatch.of(voice.page);
      await eventfulCall(voice, room.practice.url, false);
      assert.deepEqual(await watch.shifts(), { withInput: [], withoutInput: [] });
    });
  }

  it('compact: only what the visitor has to answer, and errors, move what is below', async () => {
    const attributes = { variant: 'compact', consent: '1', muted: '' };
    await using voice = await openVoicePage(
      room.chromium,
      RunningCall.page(room.practice.url, { attributes, below: BELOW }),
    );
    await voice.page.setViewport({ width: 1200, height: 900 });
    const watch = await LayoutWatch.of(voice.page);
    await eventfulCall(voice, room.practice.url, true);
    const places = await watch.places();
    const isAsked = (place: (typeof places)[number]): boolean => 'accept-button' in place || 'remedy-button' in place;
    const isFailed = ({ state }: (typeof places)[number]): boolean => state === 'failed';
    const tops = (chosen: typeof places): string[] => [...new Set(chosen.map(({ below }) => below!.split(' ')[1]!))];
    const quiet = places.filter((place) => !isAsked(place) && !isFailed(place));
    assert.equal(tops(quiet).length, 1, `below the pill: ${tops(quiet).join(', ')}`);
    for (const exception of [places.filter(isAsked), places.filter(isFailed)])
      assert.ok(tops(exception).some((y) => !tops(quiet).includes(y)));
  });
});
