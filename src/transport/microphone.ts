import { VoiceError, type VoiceErrorCode } from '../errors.js';

/** What a spoken conversation wants of a microphone; a page can override each. */
const DEFAULTS: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};

/** A refusal faster than any person: a policy gave it, not the visitor. In milliseconds. */
const FASTER_THAN_PEOPLE = 100;

export interface MicrophoneRequest {
  readonly constraints: MediaTrackConstraints | undefined;
  readonly deviceId: string | undefined;
}

/**
 * Asks for the microphone. The track is the caller's, to stop too; one that is granted after the signal has
 * aborted is stopped here, because nobody waits for it any more.
 *
 * @throws {VoiceError} `insecure-context` or one of `microphone-…`
 */
export async function openMicrophone(request: MicrophoneRequest, signal: AbortSignal): Promise<MediaStreamTrack> {
  assertAvailable();
  const wanted: MediaTrackConstraints = { ...DEFAULTS, ...request.constraints };
  if (request.deviceId) wanted.deviceId = { exact: request.deviceId };
  const asked = performance.now();
  let stream: MediaStream;
  try {
    stream = await ask(wanted);
  } catch (error) {
    signal.throwIfAborted();
    throw await refusal(error, performance.now() - asked);
  }
  const track = stream.getAudioTracks()[0];
  if (signal.aborted || !track) {
    for (const each of stream.getTracks()) each.stop();
    signal.throwIfAborted();
    throw new VoiceError('microphone-missing', 'There is no audio track.');
  }
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

function assertAvailable(): void {
  if (!window.isSecureContext) {
    throw new VoiceError('insecure-context', 'The microphone needs a page served by HTTPS.');
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new VoiceError('unsupported', 'This browser has no getUserMedia.');
  }
  if (isForbidden()) throw blocked();
}

/** Chromium tells beforehand whether a Permissions-Policy forbids the microphone; others do not. */
function isForbidden(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature?: (feature: string) => boolean } };
  return featurePolicy?.allowsFeature?.('microphone') === false;
}

function blocked(cause?: unknown): VoiceError {
  return new VoiceError(
    'microphone-blocked',
    'A policy forbids the microphone: an iframe needs allow="microphone; autoplay", the page ' +
      'Permissions-Policy: microphone=(self).',
    { cause },
  );
}

const CODES: Readonly<Record<string, VoiceErrorCode>> = {
  NotFoundError: 'microphone-missing',
  DevicesNotFoundError: 'microphone-missing',
  OverconstrainedError: 'microphone-missing',
  NotReadableError: 'microphone-busy',
  TrackStartError: 'microphone-busy',
  AbortError: 'microphone-busy',
};

async function refusal(cause: unknown, afterMs: number): Promise<VoiceError> {
  const { name, message } = cause as DOMException;
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    if (window.self !== window.top && afterMs < FASTER_THAN_PEOPLE) return blocked(cause);
    const dismissed = /dismiss/i.test(message) || (await permission()) === 'prompt';
    return dismissed
      ? new VoiceError('microphone-dismissed', `The microphone prompt was closed: ${message}`, { cause })
      : new VoiceError('microphone-denied', `The microphone was refused: ${message}`, { cause });
  }
  const code = CODES[name] ?? 'microphone-missing';
  return new VoiceError(code, `The microphone failed: ${name}: ${message}`, { cause });
}

async function permission(): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    return undefined; // Not every browser can be asked about the microphone.
  }
}
