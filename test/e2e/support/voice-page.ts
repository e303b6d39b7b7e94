import type { Browser, Page } from 'puppeteer-core';
import type { TranscriptEntry, VoiceErrorCode, VoiceState } from '../../../src/session/index.js';
import { openPage, type OpenPage, type PageOptions } from '../../support/page.js';
import { installRecorder, type Recorder, type SeenEvent } from './recorder.js';
import { until } from './until.js';

/** What a `voice-error` told the page. */
export interface SeenError {
  readonly name: string;
  readonly code: VoiceErrorCode;
  readonly message: string;
  readonly retriable: boolean;
  readonly retryAfterMs?: number;
}

export interface VoicePageOptions extends PageOptions {
  /** Of `<realtime-voice>`. */
  attributes?: Readonly<Record<string, string>>;
  /** Runs in the page before the element's script. Must not refer to anything outside itself. */
  prelude?: () => void;
}

/** A page with one `<realtime-voice>`, as its visitor and its developer see it. */
export class VoicePage {
  readonly opened: OpenPage;

  constructor(opened: OpenPage) {
    this.opened = opened;
  }

  get page(): Page {
    return this.opened.page;
  }

  /** A real click, where the visitor sees the part. */
  async press(part: string): Promise<void> {
    await this.page.locator(`realtime-voice >>> [part~="${part}"]:not(:disabled)`).click();
  }

  /** The same by keyboard, which leaves no pointer above what comes in the button's place. */
  async key(part: string): Promise<void> {
    await this.page.focus(`realtime-voice >>> [part~="${part}"]:not(:disabled)`);
    await this.page.keyboard.press('Enter');
  }

  /** Every event, or those of one name; the rest stays in the page: in long calls all would be much to carry. */
  events(name?: string): Promise<SeenEvent[]> {
    return this.page.evaluate((name) => {
      const { events } = (window as unknown as { __recorder: Recorder }).__recorder;
      return events.filter(({ type }) => name === undefined || type === name) as SeenEvent[];
    }, name);
  }

  /** One field of the details of the events of one name. */
  told<Value>(name: string, field: string): Promise<Value[]> {
    return this.page.evaluate(
      (name, field) => {
        const { events } = (window as unknown as { __recorder: Recorder }).__recorder;
        return events.filter(({ type }) => type === name).map(({ detail }) => detail[field]);
      },
      name,
      field,
    ) as Promise<Value[]>;
  }

  /** Every state it went through, except the one at the beginning. */
  states(): Promise<VoiceState[]> {
    return this.told('voice-state-change', 'state');
  }

  /** @returns the states, as soon as they are enough */
  untilStates(
    what: string,
    enough: (states: readonly VoiceState[]) => boolean,
    limitMs?: number,
  ): Promise<VoiceState[]> {
    return until(what, () => this.states(), enough, limitMs);
  }

  failures(): Promise<SeenError[]> {
    return this.told('voice-error', 'error');
  }

  /** What the reflected attribute, the property and the status of assistive technology are made from. */
  state(): Promise<VoiceState> {
    return this.page.evaluate(() => document.querySelector('realtime-voice')!.state);
  }

  transcript(): Promise<TranscriptEntry[]> {
    return this.page.evaluate(() => document.querySelector('realtime-voice')!.transcript as TranscriptEntry[]);
  }

  async untilState(state: VoiceState): Promise<void> {
    // What happened on the way there belongs into the message of a failure.
    await until(
      `the state is ${state}`,
      () => this.states(),
      (states) => states.at(-1) === state,
    );
  }

  /** What the page keeps of the real microphone requests. */
  microphone(): Promise<Recorder['microphone']> {
    return this.page.evaluate(() => (window as unknown as { __recorder: Recorder }).__recorder.microphone);
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** The element alone on a page of its own. */
export async function openVoicePage(browser: Browser, options: VoicePageOptions = {}): Promise<VoicePage> {
  const { attributes = {}, prelude, routes, ...rest } = options;
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  const before = [installRecorder, ...(prelude ? [prelude] : [])].map((step) => `(${step})();`).join('\n');
  const opened = await openPage(browser, {
    // A file, since a policy may forbid scripts within the page; at this place it comes before the module.
    html: `<script src="/recorder.js"></script><realtime-voice${list.join('')}></realtime-voice>`,
    routes: { '/recorder.js': { body: before }, ...routes },
    ...rest,
  });
  return ready(opened);
}

/** The demo's own page, with its own policy, token endpoint and styles. */
export async function openDemoPage(browser: Browser, url: string): Promise<VoicePage> {
  const opened = await openPage(browser, { html: '', script: 'none' });
  await opened.page.evaluateOnNewDocument(installRecorder);
  await opened.page.goto(`${url}/`, { waitUntil: 'load' });
  return ready(opened);
}

async function ready(opened: OpenPage): Promise<VoicePage> {
  await opened.page.evaluate(async () => {
    await customElements.whenDefined('realtime-voice');
    await document.querySelector('realtime-voice')!.updateComplete;
  });
  return new VoicePage(opened);
}
