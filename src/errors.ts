/** Every way a conversation can fail. The codes are public: pages switch on them. */
export type VoiceErrorCode =
  | 'unsupported'
  | 'insecure-context'
  | 'configuration'
  | 'microphone-denied'
  | 'microphone-dismissed'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-blocked'
  | 'microphone-lost'
  | 'token-failed'
  | 'token-unauthorized'
  | 'rate-limited'
  | 'signaling-failed'
  | 'connection-failed'
  | 'connection-lost'
  | 'session-expired'
  | 'quota-exceeded'
  | 'server-error';

/** Codes that the same attempt, made again, cannot cure: the page or the account has to change first. */
const FINAL: ReadonlySet<VoiceErrorCode> = new Set([
  'unsupported',
  'insecure-context',
  'configuration',
  'microphone-blocked',
  'token-unauthorized',
  'quota-exceeded',
]);

export interface VoiceErrorOptions {
  cause?: unknown;
  /** Overrides what the code implies, where the server's own status says more. */
  retriable?: boolean;
  /** How long the server asked to wait, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * The one error type of the package. `message` speaks to the developer, with the server's own reason where
 * there is one; the visitor reads the sentence which the element's locale holds for `code`.
 */
export class VoiceError extends Error {
  readonly code: VoiceErrorCode;
  /** Whether trying again, with nothing changed in the page, may work. */
  readonly retriable: boolean;
  /** How long the server asked to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: VoiceErrorCode, message: string, options: VoiceErrorOptions = {}) {
    super(message, options);
    this.name = 'VoiceError';
    this.code = code;
    this.retriable = options.retriable ?? !FINAL.has(code);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What a step threw, as the one error type; what is no `VoiceError` becomes the cause of one. */
export function asVoiceError(
  cause: unknown,
  code: VoiceErrorCode = 'connection-failed',
  message = String(cause),
): VoiceError {
  return cause instanceof VoiceError ? cause : new VoiceError(code, message, { cause });
}
