import type { VoiceSessionOptions } from '../session/session-options.js';

/** Where the call is checked: the options of the element with the same names. */
export type EndpointOptions = Pick<
  VoiceSessionOptions,
  'tokenUrl' | 'tokenMethod' | 'tokenSource' | 'callsUrl' | 'sessionUrl' | 'credentials' | 'requestInit' | 'iceServers'
>;
