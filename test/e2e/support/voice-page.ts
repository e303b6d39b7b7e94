import type { Browser, Page } from 'puppeteer-core';
import type { TranscriptEntry, VoiceErrorCode, VoiceState } from '../../../src/session/index.js';
import { openPage, type OpenPage, type PageOptions } from '../../support/page.js';
import { untilItCounts } from '../../support/until-it-counts.js';
import { installRecorder, type Recorder, type SeenEvent } from './recorder.js';
import { until } from './until.js';

/** The error of a `voice-error` event. */
export interface SeenError {
  readonly name: string;
  readonly code: VoiceErrorCode;
  readonly message: string;
  readonly retriable: boolean;
  readonly retryAfterMs?: number;
}

export interface VoicePageOptions extends PageOptions {
  /** Attributes of `<realtime-voice>`. */
  attributes?: Readonly<Record<string, string>>;
  /** What stands on the page below the element, as HTML. */
  below?: string;
  /** Runs in the page before the element's script. It must not use anything outside itself. */
  prelude?: () => void;
}

/** A page with one `<realtime-voice>`, as the visitor and the developer see it. */
export class VoicePage {
  readonly opened: OpenPage;

  constructor(opened: OpenPage) {
    this.opened = opened;
  }

  get page(): Page {
    return this.opened.page;
  }

  /** Clicks a part with the mouse, in a notice when it counts. */
  async press(part: string): Promise<void> {
    if (/^(accept|decline|remedy)-/.test(part)) await untilItCounts();
    await this.page.locator(`realtime-voice >>> [part~="${part}"]:not(:disabled, [aria-disabled])`).click();
  }

  /**
   * Presses a part with Enter, when it counts. Unlike a click, this leaves no pointer over the part that replaces it.
   */
  async key(part: string): Promise<void> {
    await this.page.focus(`realtime-voice >>> [part~="${part}"]:not(:disabled, [aria-disabled])`);
    await untilItCounts();
    await this.page.keyboard.press('Enter');
  }

  /** All events, or those of one type. Reading all is slow after a long call. */
  events(name?: string): Promise<SeenEvent[]> {
    return this.page.evaluate((name) => {
      const { events } = (window as unknown as { __recorder: Recorder }).__recorder;
      return events.filter(({ type }) => name === undefined || type === name) as SeenEvent[];
    }, name);
  }

  /** One field of the detail of every event of one type. */
  detailsOf<Value>(name: string, field: string): Promise<Value[]> {
    return this.page.evaluate(
      (name, field) => {
        const { events } = (window as unknown as { __recorder: Recorder }).__recorder;
        return events.filter(({ type }) => type === name).map(({ detail }) => detail[field]);
      },
      name,
      field,
    ) as Promise<Value[]>;
  }

  /** All states so far, without the initial one. */
  states(): Promise<VoiceState[]> {
    return this.detailsOf('voice-state-change', 'state');
  }

  /** Waits until the states are `enough`, and returns them. */
  untilStates(
    what: string,
    enough: (states: readonly VoiceState[]) => boolean,
    limitMs?: number,
  ): Promise<VoiceState[]> {
    return until(what, () => this.states(), enough, limitMs);
  }

  failures(): Promise<SeenError[]> {
    return this.detailsOf('voice-error', 'error');
  }

  /** The state property. */
  state(): Promise<VoiceState> {
    return this.page.evaluate(() => document.querySelector('realtime-voice')!.state);
  }

  transcript(): Promise<TranscriptEntry[]> {
    return this.page.evaluate(() => document.querySelector('realtime-voice')!.transcript as TranscriptEntry[]);
  }

  async untilState(state: VoiceState): Promise<void> {
    // Reads all states, so that the error message shows them.
    await until(
      `the state is ${state}`,
      () => this.states(),
      (states) => states.at(-1) === state,
    );
  }

  /** How many microphone requests were granted and refused. */
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

/** Opens a page with only the element. */
export async function openVoicePage(browser: Browser, options: VoicePageOptions = {}): Promise<VoicePage> {
  const { attributes = {}, below = '', prelude, routes, ...rest } = options;
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  const before = [installRecorder, ...(prelude ? [prelude] : [])].map((step) => `(${step})();`).join('\n');
  const opened = await openPage(browser, {
    // A file, because a policy may forbid inline scripts. In this place it runs before the module.
    html: `<script src="/recorder.js"></script><realtime-voice${list.join('')}></realtime-voice>${below}`,
    routes: { '/recorder.js': { body: before }, ...routes },
    ...rest,
  });
  return ready(opened);
}

/** Opens the demo page, with its own policy, token endpoint and styles. */
export function openDemoPage(browser: Browser, url: string): Promise<VoicePage> {
  return openSitePage(browser, `${url}/`);
}

/** Opens a page of a site that serves the element itself. `prepare` runs before. */
export async function openSitePage(
  browser: Browser,
  url: string,
  prepare?: (opened: OpenPage) => unknown,
): Promise<VoicePage> {
  const opened = await openPage(browser, { html: '', script: 'none' });
  await opened.page.evaluateOnNewDocument(installRecorder);
  await prepare?.(opened);
  await opened.page.goto(url, { waitUntil: 'load' });
  return ready(opened);
}

async function ready(opened: OpenPage): Promise<VoicePage> {
  await opened.page.evaluate(async () => {
    await customElements.whenDefined('realtime-voice');
    await document.querySelector('realtime-voice')!.updateComplete;
  });
  return new VoicePage(opened);
}
