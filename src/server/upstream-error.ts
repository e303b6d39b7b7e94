export interface UpstreamDetail {
  status: number;
  code?: string;
  param?: string;
}

/** Why the service gave nothing usable, in words of this package: the service's own text stays on the server. */
export class UpstreamError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: string | null;
  readonly upstream: UpstreamDetail | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { retryAfter?: string | null; upstream?: UpstreamDetail } = {},
  ) {
    super(message);
    this.name = 'UpstreamError';
    this.status = status;
    this.code = code;
    this.retryAfter = more.retryAfter ?? null;
    this.upstream = more.upstream;
  }
}

/** The service answered with success, but not with what was asked for. */
export function invalidAnswer(status: number, message: string): UpstreamError {
  return new UpstreamError(502, 'upstream-invalid', message, { upstream: { status } });
}
