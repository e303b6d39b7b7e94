import { expect } from '@open-wc/testing';
import { VoiceError } from '../../src/errors.js';
import { openMicrophone } from '../../src/transport/microphone.js';

describe('the microphone', () => {
  const { signal } = new AbortController();
  const tracks: MediaStreamTrack[] = [];
  afterEach(() => {
    for (const track of tracks.splice(0)) track.stop();
  });
  const open = async (...request: Parameters<typeof openMicrophone>): Promise<MediaStreamTrack> => {
    const track = await openMicrophone(...request);
    tracks.push(track);
    return track;
  };

  it('is one live audio track, with echo cancellation unless the page turns it off', async () => {
    const track = await open({}, signal);
    expect([track.kind, track.readyState, track.enabled]).to.deep.equal(['audio', 'live', true]);
    expect(track.getConstraints()).to.include({ echoCancellation: true, noiseSuppression: true });
    const raw = await open({ audioConstraints: { echoCancellation: false } }, signal);
    expect(raw.getConstraints()).to.include({ echoCancellation: false, noiseSuppression: true });
  });

  it('is the chosen one, or any other if that is gone', async () => {
    const { deviceId } = (await open({}, signal)).getSettings();
    expect((await open({ inputDeviceId: deviceId! }, signal)).getSettings().deviceId).to.equal(deviceId);
    expect((await open({ inputDeviceId: 'gone' }, signal)).readyState).to.equal('live');
  });

  it('is stopped if it is granted after the call was stopped', async () => {
    const controller = new AbortController();
    const granted: MediaStreamTrack[] = [];
    const { getUserMedia } = MediaDevices.prototype;
    // What the browser grants is only watched on its way.
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia.call(navigator.mediaDevices, constraints);
      granted.push(...stream.getTracks());
      return stream;
    };
    try {
      const opening = openMicrophone({}, controller.signal).catch((reason: unknown) => reason);
      controller.abort();
      expect((await opening) === controller.signal.reason).to.equal(true);
      expect(granted.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    } finally {
      Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    }
  });

  it('fails with a VoiceError that has the browser’s error as its cause', async () => {
    const channelCount = Symbol('no number') as unknown as number;
    const error = await open({ audioConstraints: { channelCount } }, signal).catch((reason: unknown) => reason);
    const { code, cause, message } = error as VoiceError;
    expect([error instanceof VoiceError, code, (cause as Error).name]).to.deep.equal([
      true,
      'microphone-missing',
      'TypeError',
    ]);
    expect(message).to.match(/^The microphone failed: TypeError: /);
  });
});
