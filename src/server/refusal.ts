/** Why a request is turned away: the status, the code and the sentence of the error that the browser gets. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** The answer of the site's own `authorize`, which is sent instead of an error. */
  readonly response: Response | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    response?: Response,
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.response = response;
  }
}
