import type { Browser } from 'puppeteer-core';
import { startFaultServer, type Answer, type FaultServer, type SeenRequest } from '../../support/http-faults.js';
import { UdpRelay } from '../../support/udp-relay.js';
import type { PracticeCall } from './practice-calls.js';
import type { Recorder } from './recorder.js';
import { minting, passing } from './site.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage } from './voice-page.js';

export const TOKEN = '/token';
export const CALLS = '/calls';

/** A site whose visitors reach the practice server through a network that can be made bad. */
export class RelayedSite implements AsyncDisposable {
  readonly server: FaultServer;
  readonly relay = new UdpRelay();
  readonly practiceUrl: string;

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

  /** A token endpoint in order, as long as the practice server runs. */
  readonly mint = (): Promise<Answer> => minting(this.practiceUrl)().catch(() => ({ status: 502 }));

  /** Leads a call through the relay; without the practice server nobody answers. */
  readonly call = async (request: SeenRequest): Promise<Answer> => {
    // The peer would find its own way to any candidate that it is told.
    const body = request.body.replace(/^a=candidate:.*\r?\n/gm, '');
    const answer = await passing(this.practiceUrl)({ ...request, body }).catch((): Answer => ({ reset: true }));
    return answer.status === 201 ? { ...answer, body: await this.relay.lead(answer.body as string) } : answer;
  };

  /** How often each endpoint was asked. */
  get asked(): { token: number; calls: number } {
    const count = (path: string): number => this.server.requests.filter((request) => request.path === path).length;
    return { token: count(TOKEN), calls: count(CALLS) };
  }

  /** A page in a running call; nobody speaks in it unless the test does. */
  async converse(browser: Browser, attributes: Readonly<Record<string, string>> = {}): Promise<VoicePage> {
    const urls = { 'token-url': this.server.url + TOKEN, 'calls-url': this.server.url + CALLS };
    const voice = await openVoicePage(browser, { attributes: { ...urls, muted: '', ...attributes } });
    // Not by a click: several pages are in the same browser, and only one is in front.
    await voice.page.$eval('realtime-voice', (element) => element.start());
    await until(
      'sound goes both ways',
      () => this.sound(voice),
      ({ up, down }) => up > 10 && down > 10,
    );
    return voice;
  }

  /** The call that the page is in, as the practice server sees it. */
  async callOf(voice: VoicePage): Promise<PracticeCall> {
    return practiceCall(this.practiceUrl, (await callIdOf(voice))!);
  }

  /** How many packets of sound have come to the practice server and to the page, in the call that the page is in. */
  async sound(voice: VoicePage): Promise<{ up: number; down: number }> {
    const [call, down] = await Promise.all([this.callOf(voice), packetsReceived(voice)]);
    return { up: call.heard.packets, down };
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.relay.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** One of the practice server's calls: to look at all of them takes its time. */
export async function practiceCall(practiceUrl: string, id: string): Promise<PracticeCall> {
  const response = await fetch(`${practiceUrl}/practice/calls/${id}`);
  if (!response.ok) throw new Error(`The practice server knows no call ${id}: ${response.status}`);
  return (await response.json()) as PracticeCall;
}

/** As the page can read it. */
export function callIdOf({ page }: VoicePage): Promise<string | undefined> {
  return page.$eval('realtime-voice', (element) => element.callId);
}

function packetsReceived({ page }: VoicePage): Promise<number> {
  return page.evaluate(async () => {
    const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
    let packets = 0;
    (await peer.getStats()).forEach((entry: { type: string; kind?: string; packetsReceived: number }) => {
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') packets = entry.packetsReceived;
    });
    return packets;
  });
}
