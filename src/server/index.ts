export { createMemoryLimiter } from './memory-limiter.js';
export { createSessionHandler } from './session-handler.js';
export { createTokenHandler } from './token-handler.js';
export type { Limiter, LimiterVerdict } from './limiter.js';
export type { MemoryLimiterOptions } from './memory-limiter.js';
export type { Handler, HandlerOptions, MintRecord, RefusalRecord, SessionConfig, VisitorInfo } from './options.js';
