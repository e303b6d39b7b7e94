/** What went wrong. Pages may switch on these codes. */
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

/** Codes for which a retry does not help, because the page or the account has to change first. */
const FINAL: ReadonlySet<VoiceErrorCode> = new Set([
  'unsupported',
  'insecure-context',
  'configuration',
  'microphone-blocked',
  'token-unauthorized',
  'quota-exceeded',
]);

/** Whether a retry may help after most errors with this code. */
export function isRetriable(code: VoiceErrorCode): boolean {
  return !FINAL.has(code);
}

/** Optional details of a `VoiceError`. */
export interface VoiceErrorOptions {
  /** The error that led to this one. */
  cause?: unknown;
  /** Whether a retry may help; default: what the code implies. */
  retriable?: boolean;
  /** How long the server asks to wait before a retry, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * The only error type of the package. `message` is for the developer and includes the server's reason, if there is one.
 * The visitor reads the sentence for `code` in the element's language.
 */
export class VoiceError extends Error {
  /** What went wrong. */
  readonly code: VoiceErrorCode;
  /** Whether a retry may help although nothing in the page has changed. */
  readonly retriable: boolean;
  /** How long the server asks to wait before a retry, in milliseconds; undefined if it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(code: VoiceErrorCode, message: string, options: VoiceErrorOptions = {}) {
    super(message, options);
    this.name = 'VoiceError';
    this.code = code;
    this.retriable = options.retriable ?? isRetriable(code);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The service has refused the secret or the key. To sign in helps only if the site refuses. */
export class ServiceRefusal extends VoiceError {
  constructor(message: string) {
    super('token-unauthorized', message);
  }
}

/** Returns the error if it is a `VoiceError`, otherwise a new one with the error as its cause. */
export function asVoiceError(
  cause: unknown,
  code: VoiceErrorCode = 'connection-failed',
  message = textOf(() => cause),
): VoiceError {
  return cause instanceof VoiceError ? cause : new VoiceError(code, message, { cause });
}

/** A value as text. Pages may throw anything, even what cannot be read or become text. */
export function textOf(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    return 'Unreadable error';
  }
}
