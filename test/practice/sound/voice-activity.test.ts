import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoiceActivity, type VoiceChange } from '../../../demo/practice/sound/voice-activity.js';

const RULES = { threshold: 0.5, silenceMs: 500 };

interface Change {
  ms: number;
  change: VoiceChange;
}

/** Power of a 10 ms frame. @param level in dB; 0 is full scale */
const db = (level: number): number => 10 ** (level / 10);

/** The same noise in every run, so that a failure can be repeated. */
function noise(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Syllables of 180 ms, with gaps of 70 ms in between. */
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
  it('detects no speech in silence or in the noise of a quiet room', () => {
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

  it('detects a sentence soon after its beginning, and its end after the required silence', () => {
    const changes = run(new VoiceActivity(RULES), 6000, (ms) => (ms >= 2000 && ms < 3500 ? voice(ms, -25) : db(-70)));
    assert.deepEqual(names(changes), ['started', 'stopped']);
    const [started, stopped] = changes as [Change, Change];
    assert.ok(started.ms >= 2000 && started.ms <= 2060, `started at ${started.ms}`);
    assert.ok(stopped.ms >= 3900 && stopped.ms <= 4050, `stopped at ${stopped.ms}`);
  });

  it('does not end a turn at a pause that is shorter than the required silence', () => {
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

  it('hears a steady tone as speech for a few seconds only, and then never again', () => {
    const changes = run(new VoiceActivity(RULES), 60_000, () => db(-20));
    assert.deepEqual(names(changes), ['started', 'stopped']);
    const end = changes[1]?.ms ?? 0;
    assert.ok(end > 2000 && end < 7000, `ended at ${end}`);
  });

  it('hears a fan as speech for a few seconds only', () => {
    const random = noise(7);
    const changes = run(new VoiceActivity(RULES), 60_000, () => db(-38 + 4 * random()));
    assert.equal(names(changes).length, 2);
  });

  it('detects a voice above the noise of a fan', () => {
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

  it('does not end a turn of twenty seconds without a pause', () => {
    const changes = run(new VoiceActivity(RULES), 24_000, (ms) =>
      ms >= 1000 && ms < 21_000 ? voice(ms, -25) : db(-70),
    );
    assert.deepEqual(names(changes), ['started', 'stopped']);
    assert.ok((changes[1]?.ms ?? 0) > 21_000);
  });

  it('ends a turn after thirty seconds', () => {
    const changes = run(new VoiceActivity(RULES), 40_000, (ms) => voice(ms, -25));
    assert.deepEqual(names(changes).slice(0, 2), ['started', 'stopped']);
    assert.ok(Math.abs((changes[1]?.ms ?? 0) - 30_000) < 200);
  });

  it('needs a louder voice if the threshold is higher', () => {
    const soft = (ms: number) => (ms >= 2000 && ms < 3000 ? voice(ms, -40) : db(-80));
    assert.equal(run(new VoiceActivity({ ...RULES, threshold: 0.5 }), 5000, soft).length, 2);
    assert.equal(run(new VoiceActivity({ ...RULES, threshold: 0.9 }), 5000, soft).length, 0);
  });
});
