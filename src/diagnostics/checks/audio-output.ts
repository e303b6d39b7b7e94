import { untilAborted, within } from '../../session/deadline.js';
import type { Check } from '../check-run.js';
import { playChime } from './chime.js';

/** How long a context may take to start, in milliseconds. */
const START_MS = 2000;
/** How long the visitor may take to answer, in milliseconds. */
const ANSWER_MS = 60_000;

const NO_ANSWER = new Error('Nobody said whether the chime was heard.');

/** Whether the browser plays sound, and, if the page asks, whether the visitor hears it. */
export const checkAudioOutput: Check = async ({ context, options: { confirmSound } }, signal) => {
  if (!context || !(await canRun(context, signal))) {
    // Not every browser tells whether there was a press.
    const isPressed = navigator.userActivation?.hasBeenActive ?? true;
    return isPressed ? { status: 'failed', code: 'no-output' } : { status: 'warning', code: 'needs-press' };
  }
  const details = { sampleRate: context.sampleRate };
  if (!confirmSound) return { status: 'passed', code: 'ok', details };
  const play = (): void => playChime(context);
  play();
  try {
    const ask = (stop: AbortSignal): Promise<boolean> => confirmSound({ play, signal: stop });
    return (await within(ANSWER_MS, signal, () => NO_ANSWER, ask))
      ? { status: 'passed', code: 'heard', details }
      : { status: 'failed', code: 'not-heard', details };
  } catch (error) {
    if (error !== NO_ANSWER) throw error;
    return { status: 'warning', code: 'not-answered', details };
  }
};

/** Waits until the context runs. Without a sound card, or before a press, it never does. */
export async function canRun(context: AudioContext, signal: AbortSignal): Promise<boolean> {
  if (context.state === 'running') return true;
  const ended = new AbortController();
  const changed = new Promise<boolean>((resolve) => {
    const look = (): void => {
      if (context.state === 'running') resolve(true);
    };
    context.addEventListener('statechange', look, { signal: ended.signal });
    const timer = setTimeout(() => resolve(false), START_MS);
    ended.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await untilAborted(changed, signal);
  } finally {
    ended.abort();
  }
}
