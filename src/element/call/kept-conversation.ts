import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toJson } from '../../json-text.js';
import type { InitialEntry, TranscriptEntry, VoiceSession } from '../../session/index.js';
import { recalledEntries } from '../../session/record/recalled.js';

export interface KeptHost extends ReactiveControllerHost, Element {
  readonly persist: 'session' | undefined;
  /** Version of the consent text that the visitor must accept. */
  readonly consent: string | undefined;
  /** The page's own earlier conversation, which overrides the one that is kept here. */
  readonly initialTranscript: readonly InitialEntry[] | undefined;
}

/**
 * Keeps the conversation while the tab is open, with `persist="session"`, so that the next page can go on with it.
 * Elements with different ids have conversations of their own.
 */
export class KeptConversation implements ReactiveController {
  readonly #host: KeptHost;
  readonly #session: VoiceSession;
  readonly #hasConsent: (version: string) => boolean;
  /** What was kept when this page or its last call began. */
  #entries: readonly TranscriptEntry[] | undefined;

  constructor(host: KeptHost, session: VoiceSession, hasConsent: (version: string) => boolean) {
    this.#host = host;
    this.#session = session;
    this.#hasConsent = hasConsent;
    session.addEventListener('voice-transcript', ({ detail }) => {
      if (detail.entry.status !== 'partial') this.#keep();
    });
    // Before `voice-end`: a listener of this event may start the next call.
    session.addEventListener('voice-state-change', ({ detail }) => {
      if (detail.state === 'idle') this.#entries = undefined;
    });
    session.addEventListener('voice-end', () => {
      this.#keep();
      this.#entries = undefined;
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#entries = undefined;
  }

  /** What the next call goes on with. The same array until something else is kept. */
  get transcript(): readonly InitialEntry[] | undefined {
    const { initialTranscript } = this.#host;
    if (initialTranscript || !this.#mayKeep) return initialTranscript;
    this.#entries ??= recalledEntries(read(this.#key));
    return this.#entries.length > 0 ? this.#entries : undefined;
  }

  /** Deletes what is kept and shown. A running call is kept from now on only. */
  forget(): void {
    write(this.#key, undefined);
    this.#entries = undefined;
    this.#session.forget();
    this.#host.requestUpdate();
  }

  get #key(): string {
    return `realtime-voice-transcript${this.#host.id && `-${this.#host.id}`}`;
  }

  get #mayKeep(): boolean {
    const { persist, consent } = this.#host;
    return persist === 'session' && (!consent || this.#hasConsent(consent));
  }

  #keep(): void {
    if (!this.#mayKeep) return;
    const { transcript } = this.#session;
    if (transcript.length > 0) write(this.#key, transcript);
  }
}

/** Undefined where nothing is kept, or where the browser allows no storage. */
function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key)!);
  } catch {
    return undefined;
  }
}

function write(key: string, entries: readonly TranscriptEntry[] | undefined): void {
  try {
    if (entries) sessionStorage.setItem(key, toJson(entries));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage, the next page begins anew.
  }
}
