/** What a page does with its microphone; times are those of `Date.now`. */
export interface TrackLog {
  /** When the microphone was opened. */
  openedAt?: number;
  /** When its own track was last sent. */
  microphoneAt?: number;
  readyAt?: number;
}

/** Runs in the page before the element; must not refer to anything outside itself. */
export function installTrackLog(): void {
  const log: TrackLog = {};
  Object.assign(window, { __tracks: log });
  const microphones = new WeakSet<MediaStreamTrack>();
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    log.openedAt = Date.now();
    stream.getTracks().forEach((track) => microphones.add(track));
    return stream;
  };
  const { replaceTrack } = RTCRtpSender.prototype;
  RTCRtpSender.prototype.replaceTrack = function (track) {
    if (track && microphones.has(track)) log.microphoneAt = Date.now();
    return replaceTrack.call(this, track);
  };
  document.addEventListener('voice-state-change', ({ detail }) => {
    if (detail.state === 'listening') log.readyAt ??= Date.now();
  });
}
