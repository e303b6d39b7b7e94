import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LayoutWatch } from './support/layout-watch.js';
import { useQuietRoom } from './support/quiet-room.js';
import { RunningCall } from './support/running-call.js';
import { openVoicePage } from './support/voice-page.js';
import { SHAPES, wholeCall } from './support/whole-call.js';

const WINDOWS = { 'on a desktop': [1200, 900], 'on a phone': [390, 844] } as const;

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
});
