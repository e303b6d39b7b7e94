/** The state of a session in one word, for pages and for people. */
export type VoiceState = 'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting' | 'failed';

/** Whether a call is being set up or goes on. */
export function isRunning(state: VoiceState | 'live'): boolean {
  return state !== 'idle' && state !== 'failed';
}
