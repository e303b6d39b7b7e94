import type { WireEvent } from '../../../src/protocol/signals.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';

/** A practice server, as tests in a browser reach it. */
export class Practice {
  readonly url: string;

  private constructor(url: string) {
    this.url = url;
  }

  /** Each test file has a server of its own in each browser. */
  static async find(name: string): Promise<Practice> {
    const browser = navigator.userAgent.includes('Firefox') ? 'firefox' : 'chromium';
    const response = await fetch(`/__practice?name=${name}-${browser}`);
    return new Practice(((await response.json()) as { url: string }).url);
  }

  get callsUrl(): string {
    return `${this.url}/v1/realtime/calls`;
  }

  /** What the options of a call on the practice server are. */
  get options(): VoiceSessionOptions {
    return { callsUrl: this.callsUrl, tokenSource: () => this.mint() };
  }

  /** A client secret, as a site's token endpoint gets it. */
  async mint(more: object = {}): Promise<{ value: string; expires_at: number }> {
    const headers = { authorization: 'Bearer practice', 'content-type': 'application/json' };
    const body = JSON.stringify({ session: { type: 'realtime', model: 'practice', ...more } });
    const response = await fetch(`${this.url}/v1/realtime/client_secrets`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`The practice server made no secret: ${await response.text()}`);
    return (await response.json()) as { value: string; expires_at: number };
  }

  /** Makes the server send events in a call. */
  send(callId: string, ...events: readonly WireEvent[]): Promise<void> {
    return this.#post(`calls/${callId}/events`, events);
  }

  /** Makes the server end a call without a goodbye. */
  drop(callId: string): Promise<void> {
    return this.#post(`calls/${callId}/drop`, { how: 'peer' });
  }

  /** These requests are for tests in Node: the server lets no page read the response. */
  async #post(path: string, body: unknown): Promise<void> {
    await fetch(`${this.url}/practice/${path}`, { method: 'POST', mode: 'no-cors', body: JSON.stringify(body) });
  }
}
