import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { VisitorVoice } from '../../../src/session/turns/visitor-voice.js';
import { seededRandom } from '../../support/seeded-random.js';
import { speechWav, type Speech } from '../../support/speech-wav.js';

/** What `speechWav()` writes, in samples a second. */
const RATE = 22_050;
/** The sound between two readings, and that of one reading: 20 and 21 ms. */
const STEP = RATE / 50;
const READING = Math.round(RATE * 0.0213);

const STORY = [
  'All right, a long story. Once upon a time there was a fabric shop at the corner of a quiet street.',
  700,
  'It sold linen and wool, and on Thursdays it sold buttons too! Nobody knew why it had to be on Thursdays.',
  400,
  'One day a visitor came in and asked for a sofa, of all things. The owner looked up and thought about it.',
  900,
  'Well, she said, we have everything that a sofa is made of; but you would have to put it together yourself.',
  300,
  'So they sat down, drew a plan, and counted what was needed: nine metres of linen, four of wool, sixty buttons.',
  1200,
  'When the evening came, they were still talking. And that is how the first sofa of the quiet street was made.',
];

describe('hearing the visitor over the assistant', () => {
  /** The assistant's voice as it is played: 0.1 as a root mean square of speech, which is loud. */
  let story: Float32Array;
  let visitor: Float32Array;
  before(async () => {
    story = await spoken([...STORY, 500, ...STORY], 'en-us', 0.1);
    visitor = await spoken('No, wait a moment, please. I want the red one.', 'en-gb', 0.05);
  });

  for (const delayMs of [0, 20, 60, 150, 300])
    it(`takes the assistant, 20 dB quieter and ${delayMs} ms later, for the visitor at most once a minute`, () => {
      const microphone = mixed(noise(story.length, 0.001), delayed(story, delayMs), 0.1);
      const minutes = story.length / RATE / 60;
      assert.ok(minutes > 1);
      assert.ok(beginnings(microphone, story).length <= minutes);
    });

  it('hears the visitor within 60 ms of the first sound that is louder than the echo', () => {
    const audible = [...readings(visitor)].findIndex((rms) => rms > 0.03);
    for (let second = 1; second < 36; second += 1) {
      const microphone = mixed(noise(story.length, 0.001), delayed(story, 60), 0.1);
      visitor.forEach((sample, i) => (microphone[second * RATE + i]! += sample));
      const steps = beginnings(microphone, story).map((step) => step - second * 50);
      const heard = steps.find((step) => step >= 0)!;
      assert.ok(heard <= audible + 3, `heard ${(heard - audible) * 20} ms later at second ${second}`);
    }
  });

  it('learns that the room echoes louder than usual', () => {
    const microphone = mixed(noise(story.length, 0.001), delayed(story, 150), 0.5);
    const mistakes = beginnings(microphone, story);
    assert.ok(mistakes.length > 0 && mistakes.length <= 4, String(mistakes));
  });

  it('takes the steady noise of a street for nobody', () => {
    assert.deepEqual(beginnings(noise(story.length, 0.02), new Float32Array(story.length)), []);
  });

  it('reports the visitor once, and again after a pause', () => {
    const voice = new VisitorVoice();
    const heard = (...levels: number[]): boolean[] => levels.map((level) => voice.begins(level, 0));
    assert.deepEqual(heard(0, 0.1, 0.1, 0.1, 0, 0.1, 0.1), [false, false, true, false, false, false, true]);
  });

  it('hears a visitor who is louder than the assistant after any number of mistakes', () => {
    const voice = new VisitorVoice();
    for (let mistake = 0; mistake < 50; mistake += 1) voice.reject();
    assert.equal([0, 0.12, 0.12].map((level) => voice.begins(level, 0.1)).includes(true), true);
  });

  it('expects the usual echo again once the visitor was right', () => {
    const voice = new VisitorVoice();
    const heard = (): boolean => [0, 0.03, 0.03].map((level) => voice.begins(level, 0.1)).includes(true);
    assert.equal(heard(), true);
    voice.reject();
    assert.equal(heard(), false);
    voice.confirm();
    assert.equal(heard(), true);
  });
});

async function spoken(words: Speech, voice: string, rms: number): Promise<Float32Array> {
  const file = readFileSync(await speechWav(words, { leadMs: 100, tailMs: 300, voice }));
  const pcm = new Int16Array(file.buffer, file.byteOffset + 44, (file.length - 44) / 2);
  const loud = [...readings(Float32Array.from(pcm))].filter((level) => level > 300);
  const factor = rms / Math.sqrt(loud.reduce((sum, level) => sum + level ** 2, 0) / loud.length);
  return Float32Array.from(pcm, (sample) => sample * factor);
}

function* readings(sound: Float32Array): Generator<number> {
  for (let at = STEP; at <= sound.length; at += STEP) {
    const samples = sound.subarray(Math.max(0, at - READING), at);
    yield Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
  }
}

/** The readings at which the visitor seems to begin. The service confirms none of them. */
function beginnings(microphone: Float32Array, assistant: Float32Array): number[] {
  const voice = new VisitorVoice();
  const played = [...readings(assistant)];
  return [...readings(microphone)].flatMap((rms, step) => {
    if (!voice.begins(rms, played[step]!)) return [];
    voice.reject();
    return [step];
  });
}

function noise(length: number, rms: number): Float32Array {
  const random = seededRandom(1);
  return Float32Array.from({ length }, () => (random() * 2 - 1) * rms * Math.sqrt(3));
}

function delayed(sound: Float32Array, ms: number): Float32Array {
  const late = new Float32Array(sound.length);
  late.set(sound.subarray(0, sound.length - Math.round((ms / 1000) * RATE)), Math.round((ms / 1000) * RATE));
  return late;
}

function mixed(sound: Float32Array, other: Float32Array, factor: number): Float32Array {
  return sound.map((sample, i) => sample + factor * other[i]!);
}
