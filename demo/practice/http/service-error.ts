/** What the service answers when it refuses: the same body over HTTP and, without the status, in an `error` event. */
export interface Refusal {
  message: string;
  type: string;
  code: string | null;
  param: string | null;
}

export class ServiceError extends Error {
  readonly status: 400 | 401 | 404;
  readonly refusal: Refusal;

  constructor(status: 400 | 401 | 404, message: string, code: string | null, param: string | null = null) {
    super(message);
    this.status = status;
    this.refusal = { message, type: 'invalid_request_error', code, param };
  }
}

/** The request does not say what it must, or says it wrongly. */
export function invalid(message: string, code: string, param: string | null = null): ServiceError {
  return new ServiceError(400, message, code, param);
}

/** What is sent to somebody who wants to see an error. */
export const HARMLESS = invalid('This is the error you asked for.', 'invalid_value');
