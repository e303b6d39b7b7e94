import { VoiceError, type VoiceErrorCode } from '../errors.js';

/** The constraints for a spoken conversation. A page can override each. */
const DEFAULTS: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};

/** A refusal within this time comes from a policy, because no visitor is so fast. In milliseconds. */
const POLICY_REFUSAL = 300;

export interface MicrophoneRequest {
  readonly audioConstraints?: MediaTrackConstraints;
  readonly inputDeviceId?: string;
}

/** Whether two requests are for the same microphone with the same constraints. */
export function isSameMicrophone(a: MicrophoneRequest, b: MicrophoneRequest): boolean {
  return a.inputDeviceId === b.inputDeviceId && a.audioConstraints === b.audioConstraints;
}

/**
 * Asks for the microphone. The caller stops the track. A track that is granted after the signal has aborted is stopped
 * here, because nobody waits for it any more.
 *
 * @throws {VoiceError} `insecure-context`, `unsupported` or one of `microphone-…`
 */
export async function openMicrophone(
  { audioConstraints, inputDeviceId }: MicrophoneRequest,
  signal: AbortSignal,
): Promise<MediaStreamTrack> {
  if (!window.isSecureContext) throw new VoiceError('insecure-context', 'The microphone needs HTTPS.');
  if (!navigator.mediaDevices?.getUserMedia) throw new VoiceError('unsupported', 'This browser has no getUserMedia.');
  const constraints: MediaTrackConstraints = { ...DEFAULTS, ...audioConstraints };
  if (inputDeviceId) constraints.deviceId = { exact: inputDeviceId };
  const askedAt = performance.now();
  let stream: MediaStream;
  try {
    stream = await getAudio(constraints);
  } catch (error) {
    signal.throwIfAborted();
    const isForbidden = isForbiddenByPolicy(performance.now() - askedAt);
    throw microphoneError(error as DOMException, isForbidden, await permissionState());
  }
  // There is exactly one track, because only audio was requested.
  const track = stream.getAudioTracks()[0]!;
  if (signal.aborted) track.stop();
  signal.throwIfAborted();
  return track;
}

async function getAudio(audio: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    // The chosen device is gone or cannot satisfy the constraints. Any microphone is better than none.
    if ((error as DOMException).name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia({ audio: true });
  }
}

/** Only Chromium can be asked whether a policy forbids the microphone. Elsewhere a frame's quick refusal shows it. */
function isForbiddenByPolicy(refusedAfterMs: number): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature?: (feature: string) => boolean } };
  const isFrame = window.self !== window.top;
  return featurePolicy?.allowsFeature?.('microphone') === false || (isFrame && refusedAfterMs < POLICY_REFUSAL);
}

/** The permission for the microphone; undefined if the browser cannot be asked about it. */
export async function permissionState(): Promise<PermissionState | undefined> {
  const status = await navigator.permissions?.query({ name: 'microphone' as PermissionName }).catch(() => undefined);
  return status?.state;
}

/**
 * The error for a refusal by `getUserMedia`: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia.
 * A permission that is still `prompt` means that the visitor closed the prompt without an answer.
 */
export function microphoneError(
  cause: DOMException,
  isForbidden: boolean,
  permission: PermissionState | undefined,
): VoiceError {
  const { name, message } = cause;
  const isRefused = /^(NotAllowed|Security)Error$/.test(name);
  if (isRefused && isForbidden) {
    const fix = 'The microphone is forbidden: check Permissions-Policy, and allow="microphone; autoplay" of an iframe.';
    return new VoiceError('microphone-blocked', fix, { cause });
  }
  const code = isRefused ? refusalCode(message, permission) : failureCode(name);
  return new VoiceError(code, `The microphone failed: ${name}: ${message}`, { cause });
}

/** Chromium names the dismissal in the message. */
function refusalCode(message: string, permission: PermissionState | undefined): VoiceErrorCode {
  return /dismiss/i.test(message) || permission === 'prompt' ? 'microphone-dismissed' : 'microphone-denied';
}

/** `NotReadableError`: another program uses it. `AbortError`: the system could not start it. */
function failureCode(name: string): VoiceErrorCode {
  return name === 'NotReadableError' || name === 'AbortError' ? 'microphone-busy' : 'microphone-missing';
}
