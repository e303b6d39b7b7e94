import type { VoiceError } from '../../errors.js';
import { AudioLevel } from '../../transport/audio-level.js';
import { openMicrophone, permissionState } from '../../transport/microphone.js';
import type { Check, CheckRun, Finding } from '../check-run.js';
import { canRun } from './audio-output.js';
import { pause } from './pause.js';

/** How long the microphone is listened to, in milliseconds. */
const LISTEN_MS = 2000;
/** How often its level is read, in milliseconds. */
const INTERVAL_MS = 66;

/** Asks for the microphone if it is to be used, otherwise for the permission only. */
export const checkPermission: Check = async (run, signal) => {
  const before = await permissionState();
  const details = { permission: before ?? 'unknown' };
  if (!run.options.microphone) {
    if (before === 'denied') return { status: 'failed', code: 'microphone-denied', details };
    if (before === 'granted') return { status: 'passed', code: 'ok', details };
    return before ? { status: 'passed', code: 'will-ask', details } : { status: 'skipped', code: 'unknown', details };
  }
  try {
    // Also when it is denied: only the request tells whether the visitor or a policy denies it.
    await open(run, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as VoiceError;
    // The permission was given; the next check finds the same error again.
    if (code !== 'microphone-missing' && code !== 'microphone-busy') throw error;
    return { status: 'passed', code: 'ok', details };
  }
  return { status: 'passed', code: 'ok', details };
};

/** Counts the devices, and listens whether the microphone hears anything. */
export const checkMicrophone: Check = async (run, signal) => {
  if (!run.options.microphone) return { status: 'skipped', code: 'not-asked' };
  const track = run.microphone ?? (await open(run, signal));
  const devices = await navigator.mediaDevices.enumerateDevices();
  const count = (kind: MediaDeviceKind): number => devices.filter((device) => device.kind === kind).length;
  const outputs = count('audiooutput');
  // Some browsers list no outputs.
  const details = { microphones: count('audioinput'), ...(outputs > 0 && { speakers: outputs }) };
  const { status, code, details: measured } = await listen(run, track, signal);
  track.stop();
  return { status, code, details: { ...details, ...measured } };
};

async function open(run: CheckRun, signal: AbortSignal): Promise<MediaStreamTrack> {
  const track = await openMicrophone({}, signal);
  run.resources.add(() => track.stop());
  return (run.microphone = track);
}

async function listen({ context, options }: CheckRun, track: MediaStreamTrack, signal: AbortSignal): Promise<Finding> {
  if (track.muted) return { status: 'warning', code: 'microphone-muted' };
  if (!context || !(await canRun(context, signal))) return { status: 'warning', code: 'not-measured' };
  const meter = new AudioLevel(context, track);
  let peak = 0;
  try {
    for (const until = performance.now() + LISTEN_MS; performance.now() < until;) {
      await pause(INTERVAL_MS, signal);
      const { level } = meter;
      peak = Math.max(peak, level);
      options.onLevel?.(level, track.label);
    }
  } finally {
    meter.close();
  }
  const details = { peakPercent: Math.round(peak * 100) };
  return peak > 0
    ? { status: 'passed', code: 'ok', details }
    : { status: 'warning', code: 'microphone-silent', details };
}
