/** Says once in the log that a limiter cannot tell visitors apart. */
export class UnknownAddressWarning {
  readonly #limit: string;
  #said = false;

  /** @param limit the limit that all visitors share, such as `100 requests a minute` */
  constructor(limit: string) {
    this.#limit = limit;
  }

  say(address: string | undefined): void {
    if (address !== undefined || this.#said) return;
    this.#said = true;
    console.warn(
      `realtime-voice/server: the address of the visitor is not known, so all visitors share one limit of ` +
        `${this.#limit}. Call handler(request, { address }) or set clientAddress or trustedProxies.`,
    );
  }
}
