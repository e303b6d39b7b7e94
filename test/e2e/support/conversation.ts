import type { Browser } from 'puppeteer-core';
import type { SessionConfig } from '../../../src/server/index.js';
import type { TranscriptEntry } from '../../../src/session/index.js';
import { offersOf, type OpenPage } from '../../support/page.js';
import { practiceCalls, type PracticeCall } from './practice-calls.js';
import { siteRoutes, TOKEN_PATH } from './site.js';
import { until } from './until.js';
import { openVoicePage, VoicePage, type VoicePageOptions } from './voice-page.js';

export interface ConversationOptions extends VoicePageOptions {
  /** The session that the site's token endpoint asks for. */
  session?: SessionConfig;
}

/** A page and its calls, seen from both ends: by the visitor, and by the practice server that answers. */
export class Conversation extends VoicePage {
  readonly #practice: string;

  private constructor(opened: OpenPage, practice: string) {
    super(opened);
    this.#practice = practice;
  }

  static async open(browser: Browser, practice: string, options: ConversationOptions = {}): Promise<Conversation> {
    const { attributes, routes, session, ...rest } = options;
    const { opened } = await openVoicePage(browser, {
      attributes: { 'token-url': TOKEN_PATH, ...attributes },
      routes: { ...siteRoutes(practice, session), ...routes },
      ...rest,
    });
    return new Conversation(opened, practice);
  }

  callId(): Promise<string | undefined> {
    return this.page.$eval('realtime-voice', ({ callId }) => callId);
  }

  /** The number of offers that the page sent. */
  get offers(): number {
    return offersOf(this.opened).length;
  }

  /** Types into the text field with real keys, and sends with Enter. */
  async write(text: string): Promise<void> {
    await this.page.type('realtime-voice >>> [part="text-field"]', text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits for the visitor's text in the transcript, followed by the complete answer. */
  async untilAnswered(text: string, answer: RegExp): Promise<void> {
    const isAnswer = ({ role, status, text }: TranscriptEntry): boolean =>
      role === 'assistant' && status === 'final' && answer.test(text);
    await until(
      `“${text}” is answered`,
      () => this.transcript(),
      (entries) => {
        const asked = entries.findLastIndex((entry) => entry.role === 'user' && entry.text === text);
        return asked >= 0 && entries.slice(asked).some(isAnswer);
      },
    );
  }

  /** The call of this page as the practice server sees it. */
  async peer(): Promise<PracticeCall> {
    const id = await this.callId();
    const call = (await practiceCalls(this.#practice)).find((each) => each.id === id);
    if (!call) throw new Error(`The practice server knows no call ${id}`);
    return call;
  }

  untilPeer(what: string, enough: (call: PracticeCall) => boolean): Promise<PracticeCall> {
    return until(what, () => this.peer(), enough);
  }

  /** The types of the client events that the page sent, without the first `from`. */
  async sent(from = 0): Promise<string[]> {
    return (await this.peer()).clientEvents.slice(from).map(({ type }) => type);
  }

  /** While a call is scripted, the practice server records client events but does nothing by itself. */
  async script(scripted: boolean): Promise<void> {
    await this.#post('scripted', { scripted });
  }

  /** Makes the practice server send these events. */
  async announce(...events: readonly { readonly type: string; readonly [field: string]: unknown }[]): Promise<void> {
    await this.#post('events', events);
  }

  async #post(what: string, body: unknown): Promise<void> {
    const url = `${this.#practice}/practice/calls/${await this.callId()}/${what}`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
}
