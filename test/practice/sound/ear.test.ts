import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ear, type Turn } from '../../../demo/practice/sound/ear.js';
import { FrameStream, peak, SAMPLE_RATE } from '../../../demo/practice/sound/pcm.js';
import { mixed, rumble, silence, tone } from '../signal.js';

const RULES = { threshold: 0.5, silenceMs: 500, prefixMs: 300 };

function listening(rules: typeof RULES | null): {
  ear: Ear;
  starts: number[];
  turns: Turn[];
  hear(samples: Int16Array): void;
} {
  const ear = new Ear();
  ear.rules = rules;
  const starts: number[] = [];
  const turns: Turn[] = [];
  ear.listener = { speechStarted: (ms) => starts.push(ms), speechStopped: (turn) => turns.push(turn) };
  const frames = new FrameStream((frame) => ear.hear(frame));
  return { ear, starts, turns, hear: (samples) => frames.push(samples, SAMPLE_RATE, 1) };
}

describe('the ear', () => {
  it('reports a turn with a little sound before it, and without the silence after it', () => {
    const { starts, turns, hear } = listening(RULES);
    for (const sound of [silence(2000), tone(1000, 0.3), silence(1000)]) hear(sound);
    assert.ok(Math.abs((starts[0] ?? 0) - 1740) <= 20, `starts at ${starts[0]}`);
    assert.equal(turns.length, 1);
    const [turn] = turns as [Turn];
    assert.ok(Math.abs(turn.endMs - 3500) <= 30, `ends at ${turn.endMs}`);
    assert.ok(Math.abs(turn.speechMs - 1000) <= 60, `${turn.speechMs} ms of speech`);
    const lengthMs = (turn.samples.length / SAMPLE_RATE) * 1000;
    assert.ok(lengthMs > 1100 && lengthMs < 1500, `${lengthMs} ms kept`);
    assert.ok(Math.abs(peak(turn.samples) - 0.3) < 0.02);
  });

  it('reports no turns without rules, and commits all sound since the last clear', () => {
    const { ear, starts, turns, hear } = listening(null);
    hear(silence(500));
    ear.clear();
    assert.equal(ear.bufferedMs, 0);
    for (const sound of [silence(1000), tone(800, 0.3), silence(200)]) hear(sound);
    assert.ok(Math.abs(ear.bufferedMs - 2000) <= 10);
    const turn = ear.commit();
    assert.equal(starts.length + turns.length, 0);
    assert.ok(Math.abs(turn.speechMs - 800) <= 60, `${turn.speechMs} ms of speech`);
    assert.equal(ear.bufferedMs, 0);
  });

  it('stops hearing a fan as speech, and then hears a voice above it', () => {
    const { starts, turns, hear } = listening(RULES);
    hear(rumble(30_000, 0.02));
    assert.equal(starts.length, 1);
    assert.equal(turns.length, 1);
    assert.ok((turns[0]?.endMs ?? 0) < 7000, `ended at ${turns[0]?.endMs}`);
    hear(mixed(rumble(5000, 0.02, 9), tone(1500, 0.3)));
    assert.equal(turns.length, 2);
  });

  it('commits no samples if there was no speech', () => {
    const { ear, hear } = listening(null);
    hear(silence(1500));
    const turn = ear.commit();
    assert.equal(turn.samples.length, 0);
    assert.equal(turn.speechMs, 0);
  });

  it('brings any rate and any number of channels to 48 kHz mono', () => {
    for (const [rate, channels] of [
      [8000, 1],
      [16_000, 1],
      [44_100, 2],
      [48_000, 2],
    ] as const) {
      let samples = 0;
      let loudest = 0;
      const frames = new FrameStream((frame) => {
        samples += frame.length;
        loudest = Math.max(loudest, peak(frame));
      });
      const second = Int16Array.from(
        { length: rate * channels },
        (_, n) => 16_000 * Math.sin((2 * Math.PI * 300 * Math.floor(n / channels)) / rate),
      );
      for (let at = 0; at < second.length; at += 441 * channels)
        frames.push(second.subarray(at, at + 441 * channels), rate, channels);
      assert.ok(Math.abs(samples - SAMPLE_RATE) <= 480, `${rate} Hz × ${channels}: ${samples} samples`);
      assert.ok(Math.abs(loudest - 0.488) < 0.02, `${rate} Hz × ${channels}: peak ${loudest}`);
    }
  });
});
