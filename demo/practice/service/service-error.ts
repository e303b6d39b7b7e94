/** The error body of the service. An HTTP answer and an `error` event carry the same fields. */
export interface Refusal {
  message: string;
  type: 'invalid_request_error' | 'server_error';
  code: string | null;
  param: string | null;
}

export type RefusalStatus = 400 | 401 | 404 | 500;

/** A request that the service refuses. */
export class ServiceError extends Error {
  readonly status: RefusalStatus;
  readonly refusal: Refusal;

  constructor(status: RefusalStatus, message: string, code: string | null, param: string | null = null) {
    super(message);
    this.status = status;
    this.refusal = { message, type: status < 500 ? 'invalid_request_error' : 'server_error', code, param };
  }
}

/** A request with a field that is missing or wrong. */
export function invalid(message: string, code: string, param: string | null = null): ServiceError {
  return new ServiceError(400, message, code, param);
}

/** What a caller gets who types `error`. */
export const REQUESTED_ERROR = invalid('This is the error you asked for.', 'invalid_value');
