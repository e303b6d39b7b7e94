import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pass } from 'node:timers/promises';
import { dropCall } from '../../e2e/support/practice-calls.js';
import { newSecret } from '../../e2e/support/site.js';
import { documentWith } from '../../support/page.js';
import { startPageServer, type PageServer, type Routes } from '../../support/page-server.js';
import { UdpRelay } from '../../support/udp-relay.js';
import type { Contender } from './contender.js';

/** In milliseconds. */
export interface Delays {
  /** From the request for a client secret to its answer. */
  readonly token: number;
  /** From the offer to the answer. */
  readonly sdp: number;
  /** What the packets of the call take there and back. */
  readonly roundTrip: number;
}

/** The site with the contenders' pages and the token endpoint, and the stand-in of the service on another origin. */
export class BenchSite {
  readonly #delays: Delays;
  readonly #practiceUrl: string;
  readonly #relay = new UdpRelay();
  #pages!: PageServer;
  #service!: PageServer;
  /** How many client secrets were issued. */
  issued = 0;

  private constructor(practiceUrl: string, delays: Delays) {
    this.#practiceUrl = practiceUrl;
    this.#delays = delays;
    this.#relay.delay(delays.roundTrip / 2);
  }

  static async open(practiceUrl: string, delays: Delays, contenders: readonly Contender[]): Promise<BenchSite> {
    const site = new BenchSite(practiceUrl, delays);
    site.#pages = await startPageServer({ ...(await pagesOf(contenders)), '/token': site.#issue });
    // The second address is that of deep-chat.
    site.#service = await startPageServer({ '/v1/realtime/calls': site.#call, '/v1/realtime': site.#call });
    return site;
  }

  get serviceUrl(): string {
    return this.#service.url;
  }

  urlOf({ name }: Contender): string {
    return `${this.#pages.url}/${name}`;
  }

  /** Ends the calls so far. Resolves when the practice server is prepared for the next ones. */
  async settle(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.#practiceUrl}/practice/processes`);
      const { warm, calls } = (await response.json()) as { warm: number[]; calls: Record<string, number> };
      const running = Object.keys(calls);
      if (warm.length >= 2 && running.length === 0) return;
      // A page that is closed does not always say so, and its call would go on for a while.
      await Promise.all(running.map((id) => dropCall(this.#practiceUrl, id, 'peer').catch(() => {})));
      await pass(50);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pages.close(), this.#service.close(), this.#relay.close()]);
  }

  readonly #issue = async (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [secret] = await Promise.all([newSecret(this.#practiceUrl), pass(this.#delays.token)]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(secret));
    await once(response, 'finish');
    this.issued += 1;
  };

  readonly #call = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { origin = '*', authorization = '' } = request.headers;
    const cors = { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'location' };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...cors, 'access-control-allow-headers': 'authorization, content-type, *' }).end();
      return;
    }
    const answered = async (): Promise<Response> => {
      // Without candidates, the practice server cannot bypass the relay.
      const body = (await text(request)).replace(/^a=candidate:.*\r?\n/gm, '');
      const headers = { authorization, 'content-type': 'application/sdp' };
      const { search } = new URL(request.url!, this.#practiceUrl);
      return fetch(`${this.#practiceUrl}/v1/realtime/calls${search}`, { method: 'POST', headers, body });
    };
    const [answer] = await Promise.all([answered(), pass(this.#delays.sdp)]);
    const sdp = await answer.text();
    const location = answer.headers.get('location') ?? '';
    response.writeHead(answer.status, { ...cors, 'content-type': 'application/sdp', location });
    response.end(answer.status === 201 ? await this.#relay.lead(sdp) : sdp);
  };
}

/** A page for each contender, and the scripts of all pages. */
async function pagesOf(contenders: readonly Contender[]): Promise<Routes> {
  const routes: Record<string, Routes[string]> = {};
  for (const { name, html, script } of contenders) {
    const tag = script ? `<script type="module" src="/${name}.js"></script>` : '';
    routes[`/${name}`] = { body: documentWith(html + tag, script ? 'none' : 'module') };
    if (script) routes[`/${name}.js`] = { body: await script() };
  }
  return routes;
}
