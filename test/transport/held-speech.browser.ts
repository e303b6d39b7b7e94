import { expect } from '@open-wc/testing';
import { AudioLevel } from '../../src/transport/audio-level.js';
import { HeldSpeech } from '../../src/transport/held-speech.js';

/** What a track brought, in blocks of 5 ms: whether each was loud. */
type Heard = boolean[];

const BLOCK = 256;
const WORD_S = 0.5;
const PAUSE_S = 1.5;

describe('held speech', () => {
  let context: AudioContext;
  let held: HeldSpeech;
  let heard: Heard;
  before(async function () {
    context = new AudioContext({ sampleRate: 48_000 });
    // In Firefox without a sound card, no context runs.
    const isRunning = new Promise((resolve) => setTimeout(() => resolve(false), 2000));
    if ((await Promise.race([context.resume(), isRunning])) === false) this.skip();
  });
  after(() => void context.close().catch(() => {}));

  it('sends what was kept from the first word on, and leaves out pauses', async () => {
    const spoken = speak([WORD_S, WORD_S]);
    await spoken.over;
    expect(heard).to.not.include(true);
    await held.release();
    held.close();
    const { words, pauses } = runs(heard);
    expect(words.length).to.equal(2);
    expect((pauses[1]! * BLOCK) / context.sampleRate).to.be.below(PAUSE_S / 2);
  });

  it('has nothing to send without a word', async () => {
    await speak([]).over;
    await held.release();
    held.close();
    expect(heard).to.not.include(true);
    expect(held.track.readyState).to.equal('ended');
  });

  it('is given up when it is closed', async () => {
    await speak([WORD_S]).over;
    const released = held.release();
    held.close();
    await released;
    expect(heard).to.not.include(true);
  });

  /** A microphone that brings words with pauses between them. */
  function speak(words: readonly number[]): { readonly over: Promise<void> } {
    const voice = new OscillatorNode(context);
    const level = new GainNode(context, { gain: 0 });
    const microphone = context.createMediaStreamDestination();
    voice.connect(level).connect(microphone);
    let at = context.currentTime + 0.3;
    for (const length of words) {
      level.gain.setValueAtTime(0.5, at).setValueAtTime(0, at + length);
      at += length + PAUSE_S;
    }
    voice.start();
    voice.stop(at);
    const track = microphone.stream.getAudioTracks()[0]!;
    held = new HeldSpeech(context, track, new AudioLevel(context, track));
    heard = listen(held.track);
    return { over: new Promise((resolve) => (voice.onended = () => resolve())) };
  }

  function listen(track: MediaStreamTrack): Heard {
    const heard: Heard = [];
    const ear = context.createScriptProcessor(BLOCK, 1, 1);
    ear.onaudioprocess = ({ inputBuffer }) =>
      heard.push(inputBuffer.getChannelData(0).some((it) => Math.abs(it) > 0.1));
    context
      .createMediaStreamSource(new MediaStream([track]))
      .connect(ear)
      .connect(context.destination);
    return heard;
  }
});

/** The lengths of the words and of the pauses, in blocks. On a busy machine a few blocks of a word may be missing. */
function runs(heard: Heard): { readonly words: number[]; readonly pauses: number[] } {
  const all = heard.map(Number).join('');
  const lengths = (pattern: RegExp): number[] => (all.match(pattern) ?? []).map(({ length }) => length);
  return { words: lengths(/1(0{0,19}1)*/g), pauses: lengths(/0{20,}/g) };
}
