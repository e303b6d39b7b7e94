import type { Browser } from 'puppeteer-core';
import { startFaultServer, type Answer, type FaultServer, type SeenRequest } from '../../support/http-faults.js';
import { UdpRelay } from '../../support/udp-relay.js';
import type { PracticeCall } from './practice-calls.js';
import { packetsReceived } from './packets-received.js';
import { issueSecret, forwardOffer } from './site.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage } from './voice-page.js';

export const TOKEN = '/token';
export const CALLS = '/calls';

/** A site whose calls go through a UDP relay, which can drop packets. */
export class RelayedSite implements AsyncDisposable {
  readonly server: FaultServer;
  readonly relay = new UdpRelay();
  readonly practiceUrl: string;
  /** How long the last call took from its start to sound in both directions, in ms: how fast this machine is now. */
  startTook = NaN;

  private constructor(server: FaultServer, practiceUrl: string) {
    this.server = server;
    this.practiceUrl = practiceUrl;
  }

  static async open(practiceUrl: string): Promise<RelayedSite> {
    const site = new RelayedSite(await startFaultServer(), practiceUrl);
    site.server.answer(TOKEN, site.mint);
    site.server.answer(CALLS, site.call);
    return site;
  }

  /** A token endpoint that works while the practice server runs. */
  readonly mint = (): Promise<Answer> => issueSecret(this.practiceUrl)().catch(() => ({ status: 502 }));

  /** A calls endpoint that routes the call through the relay. It resets the request if the practice server is down. */
  readonly call = async (request: SeenRequest): Promise<Answer> => {
    // Without candidates, the practice server cannot bypass the relay.
    const body = request.body.replace(/^a=candidate:.*\r?\n/gm, '');
    const answer = await forwardOffer(this.practiceUrl)({ ...request, body }).catch((): Answer => ({ reset: true }));
    return answer.status === 201 ? { ...answer, body: await this.relay.lead(answer.body as string) } : answer;
  };

  /** The number of requests to each endpoint. */
  get asked(): { token: number; calls: number } {
    const count = (path: string): number => this.server.requests.filter((request) => request.path === path).length;
    return { token: count(TOKEN), calls: count(CALLS) };
  }

  /** Opens a page and starts a call, muted. */
  async converse(browser: Browser, attributes: Readonly<Record<string, string>> = {}): Promise<VoicePage> {
    const urls = { 'token-url': this.server.url + TOKEN, 'calls-url': this.server.url + CALLS };
    const voice = await openVoicePage(browser, { attributes: { ...urls, muted: '', ...attributes } });
    // By script, because only the page in front can be clicked, and several share the browser.
    const since = performance.now();
    await voice.page.$eval('realtime-voice', (element) => element.start());
    await until(
      'audio flows in both directions',
      () => this.sound(voice),
      ({ up, down }) => up > 10 && down > 10,
    );
    this.startTook = performance.now() - since;
    return voice;
  }

  /** The page's present call as the practice server sees it. */
  async callOf(voice: VoicePage): Promise<PracticeCall> {
    return practiceCall(this.practiceUrl, (await callIdOf(voice))!);
  }

  /** The number of audio packets that the practice server (`up`) and the page (`down`) have received in this call. */
  async sound(voice: VoicePage): Promise<{ up: number; down: number }> {
    const [call, packets] = await Promise.all([this.callOf(voice), packetsReceived(voice)]);
    return { up: call.heard.packets, down: packets.at(-1)! };
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.relay.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** One call of the practice server; quicker than reading all of them. */
export async function practiceCall(practiceUrl: string, id: string): Promise<PracticeCall> {
  const response = await fetch(`${practiceUrl}/practice/calls/${id}`);
  if (!response.ok) throw new Error(`The practice server knows no call ${id}: ${response.status}`);
  return (await response.json()) as PracticeCall;
}

/** The call id that the element shows to the page. */
export function callIdOf({ page }: VoicePage): Promise<string | undefined> {
  return page.$eval('realtime-voice', (element) => element.callId);
}
