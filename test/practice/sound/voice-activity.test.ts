import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoiceActivity, type VoiceChange } from '../../../demo/practice/sound/voice-activity.js';

const RULES = { threshold: 0.5, silenceMs: 500 };

interface Change {
  ms: number;
  change: VoiceChange;
}

/** Power of one 10 ms frame, given in dB below full scale. */
const db = (level: number): number => 10 ** (level / 10);

/** Deterministic noise, so that a failure can be repeated. */
function noise(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Syllables of 180 ms with dips of 70 ms between them, and noise below. */
function voice(ms: number, level: number): number {
  return ms % 250 < 180 ? db(level) : db(level - 22);
}

function run(voiceActivity: VoiceActivity, totalMs: number, levelAt: (ms: number) => number): Change[] {
  const changes: Change[] = [];
  for (let ms = 0; ms < totalMs; ms += 10) {
    const change = voiceActivity.push(levelAt(ms));
    if (change) changes.push({ ms, change });
  }
  return changes;
}

const names = (changes: Change[]): VoiceChange[] => changes.map(({ change }) => change);

describe('voice activity', () => {
  it('hears nothing in silence, nor in the hiss of a quiet room', () => {
    assert.deepEqual(
      run(new VoiceActivity(RULES), 10_000, () => 0),
      [],
    );
    const random = noise();
    assert.deepEqual(
      run(new VoiceActivity(RULES), 10_000, () => db(-58 + 4 * random())),
      [],
    );
  });

  it('finds a sentence between silences: soon after its beginning, one silence after its end', () => {
    const changes = run(new VoiceActivity(RULES), 6000, (ms) => (ms >= 2000 && ms < 3500 ? voice(ms, -25) : db(-70)));
    assert.deepEqual(names(changes), ['started', 'stopped']);
    const [started, stopped] = changes as [Change, Change];
    assert.ok(started.ms >= 2000 && started.ms <= 2060, `started at ${started.ms}`);
    assert.ok(stopped.ms >= 3900 && stopped.ms <= 4050, `stopped at ${stopped.ms}`);
  });

  it('does not cut a turn at a pause shorter than the silence asked for', () => {
    const speech = (ms: number) => (ms % 1000 < 600 && ms < 4000 ? voice(ms, -25) : db(-70));
    assert.deepEqual(names(run(new VoiceActivity(RULES), 6000, speech)), ['started', 'stopped']);
    assert.equal(names(run(new VoiceActivity({ ...RULES, silenceMs: 200 }), 6000, speech)).length, 8);
  });

  it('ignores a click', () => {
    assert.deepEqual(
      run(new VoiceActivity(RULES), 4000, (ms) => (ms >= 2000 && ms < 2030 ? db(-10) : db(-70))),
      [],
    );
  });

  it('takes a steady tone for speech for a few seconds only, and then never again', () => {
    const changes = run(new VoiceActivity(RULES), 60_000, () => db(-20));
    assert.deepEqual(names(changes), ['started', 'stopped']);
    const end = changes[1]?.ms ?? 0;
    assert.ok(end > 2000 && end < 7000, `ended at ${end}`);
  });

  it('takes a fan for speech for a few seconds only', () => {
    const random = noise(7);
    const changes = run(new VoiceActivity(RULES), 60_000, () => db(-38 + 4 * random()));
    assert.equal(names(changes).length, 2);
  });

  it('still hears a voice above the fan', () => {
    const random = noise(3);
    const fan = () => db(-42 + 3 * random());
    const changes = run(
      new VoiceActivity(RULES),
      24_000,
      (ms) => fan() + (ms >= 12_000 && ms < 14_000 ? voice(ms, -20) : 0),
    );
    const later = changes.filter(({ ms }) => ms > 10_000);
    assert.deepEqual(names(later), ['started', 'stopped']);
  });

  it('follows somebody who speaks for twenty seconds without a pause', () => {
    const changes = run(new VoiceActivity(RULES), 24_000, (ms) =>
      ms >= 1000 && ms < 21_000 ? voice(ms, -25) : db(-70),
    );
    assert.deepEqual(names(changes), ['started', 'stopped']);
    assert.ok((changes[1]?.ms ?? 0) > 21_000);
  });

  it('ends a turn which never ends', () => {
    const changes = run(new VoiceActivity(RULES), 40_000, (ms) => voice(ms, -25));
    assert.deepEqual(names(changes).slice(0, 2), ['started', 'stopped']);
    assert.ok(Math.abs((changes[1]?.ms ?? 0) - 30_000) < 200);
  });

  it('wants a louder voice when the threshold is higher', () => {
    const soft = (ms: number) => (ms >= 2000 && ms < 3000 ? voice(ms, -40) : db(-80));
    assert.equal(run(new VoiceActivity({ ...RULES, threshold: 0.5 }), 5000, soft).length, 2);
    assert.equal(run(new VoiceActivity({ ...RULES, threshold: 0.9 }), 5000, soft).length, 0);
  });
});
