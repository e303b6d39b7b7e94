import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { VoiceSession } from '../session/voice-session.js';
import { SessionElement } from './call/session-element.js';
import { Declarations } from './declarations.js';
import { DocumentStyles } from './document-styles.js';
import { CALL_OPTIONS, DEFAULTS, type ElementOptions, VIEW_OPTIONS } from './options.js';
import { restoreDefaults } from './restored-defaults.js';
import { isVisitorFlag, VisitorFlags } from './visitor-flags.js';

/**
 * An element whose options any page may set: what cannot be used means the default, and a page that repeats its markup
 * does not undo what the visitor did.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- see the interface below
export abstract class OptionElement extends SessionElement {
  static override properties: PropertyDeclarations = { ...CALL_OPTIONS, ...VIEW_OPTIONS };
  readonly #visitorFlags = new VisitorFlags(this);

  constructor(session: VoiceSession) {
    super(session);
    session.addEventListener('change', () => this.#visitorFlags.sessionMuted(session.muted));
    new DocumentStyles(this);
    new Declarations(this);
    Object.assign(this, DEFAULTS);
  }

  /** Whether the microphone sends silence; it can change during a call. */
  get muted(): boolean {
    return this.voice.muted;
  }
  set muted(muted: boolean) {
    const on = this.#visitorFlags.scriptSets('muted', muted);
    if (on !== this.voice.muted) this.voice.muted = on;
  }

  /** @internal Opens or closes the panel as the visitor wishes, or because there is something to answer. */
  visitorOpens(open: boolean): void {
    this.#visitorFlags.visitorOpens(open);
    this.open = open;
  }

  /** @internal A page that repeats its markup does not undo what the visitor did: the attribute is written again. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (isVisitorFlag(name) && this.#visitorFlags.keeps(name, value !== null)) this.requestUpdate(name, !this[name]);
    else super.attributeChangedCallback(name, before, value);
  }

  /** Without styles: `DocumentStyles` adds those of the document that the element is in. */
  protected override createRenderRoot(): ShadowRoot {
    return this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  }

  /** A property that was set to something that cannot be used gets its default. */
  protected override willUpdate(changed: PropertyValues): void {
    restoreDefaults(this, changed, this.#visitorFlags);
  }
}

// Lit defines the properties of the options table on the class; here its type learns of them.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type
export interface OptionElement extends ElementOptions {}
