export { createSessionHandler } from './session-handler.js';
export { createTokenHandler } from './token-handler.js';
export type { HandlerOptions, LimiterVerdict, MintRecord, SessionConfig } from './options.js';
