import { VoiceError, type VoiceErrorCode } from '../errors.js';

/** What a spoken conversation wants of a microphone; a page can override each. */
const DEFAULTS: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};

/** A refusal faster than any person: a policy gave it, not the visitor. In milliseconds. */
const FASTER_THAN_PEOPLE = 300;

export interface MicrophoneRequest {
  readonly audioConstraints?: MediaTrackConstraints;
  readonly inputDeviceId?: string;
}

/**
 * Asks for the microphone. The track is the caller's, to stop too; one that is granted after the signal has
 * aborted is stopped here, because nobody waits for it any more.
 *
 * @throws {VoiceError} `insecure-context` or one of `microphone-…`
 */
export async function openMicrophone(
  { audioConstraints, inputDeviceId }: MicrophoneRequest,
  signal: AbortSignal,
): Promise<MediaStreamTrack> {
  if (!window.isSecureContext) throw new VoiceError('insecure-context', 'The microphone needs HTTPS.');
  if (!navigator.mediaDevices?.getUserMedia) throw new VoiceError('unsupported', 'This browser has no getUserMedia.');
  const wanted: MediaTrackConstraints = { ...DEFAULTS, ...audioConstraints };
  if (inputDeviceId) wanted.deviceId = { exact: inputDeviceId };
  const asked = performance.now();
  let stream: MediaStream;
  try {
    stream = await ask(wanted);
  } catch (error) {
    signal.throwIfAborted();
    throw await refusal(error, performance.now() - asked);
  }
  // Audio was asked for, and nothing else: there is one track.
  const track = stream.getAudioTracks()[0]!;
  if (signal.aborted) track.stop();
  signal.throwIfAborted();
  return track;
}

async function ask(audio: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    // The chosen device is gone, or cannot do what was asked: any microphone is better than none.
    if ((error as DOMException).name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia({ audio: true });
  }
}

/** Chromium tells whether a Permissions-Policy forbids the microphone; of others, only the haste of a frame's refusal does. */
function isForbidden(afterMs: number): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature?: (feature: string) => boolean } };
  return (
    featurePolicy?.allowsFeature?.('microphone') === false ||
    (window.self !== window.top && afterMs < FASTER_THAN_PEOPLE)
  );
}

async function refusal(cause: unknown, afterMs: number): Promise<VoiceError> {
  const { name, message } = cause as DOMException;
  // Another program has it, or the system could not start it; or there is none.
  let code: VoiceErrorCode = /^(NotReadable|Abort)Error$/.test(name) ? 'microphone-busy' : 'microphone-missing';
  if (/^(NotAllowed|Security)Error$/.test(name)) {
    if (isForbidden(afterMs)) {
      const fix =
        'The microphone is forbidden: check Permissions-Policy, and allow="microphone; autoplay" of an iframe.';
      return new VoiceError('microphone-blocked', fix, { cause });
    }
    const dismissed = /dismiss/i.test(message) || (await permission()) === 'prompt';
    code = dismissed ? 'microphone-dismissed' : 'microphone-denied';
  }
  return new VoiceError(code, `The microphone failed: ${name}: ${message}`, { cause });
}

/** Undefined where a browser cannot be asked about the microphone. */
async function permission(): Promise<PermissionState | undefined> {
  const status = await navigator.permissions?.query({ name: 'microphone' as PermissionName }).catch(() => undefined);
  return status?.state;
}
