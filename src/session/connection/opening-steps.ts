import type { Endpoint } from '../../transport/http-request.js';
import { CALLS_ENDPOINT } from '../../transport/signaling.js';
import { TOKEN_ENDPOINT } from '../../transport/token-source.js';

/** The steps of opening a connection: who has to answer, and within how many seconds. */
export const OPENING_STEPS = {
  secret: { endpoint: TOKEN_ENDPOINT, seconds: 8 },
  answer: { endpoint: CALLS_ENDPOINT, seconds: 10 },
  media: { endpoint: { name: 'The media connection', errorCode: 'connection-failed' }, seconds: 15 },
} as const satisfies Record<string, { readonly endpoint: Endpoint; readonly seconds: number }>;
