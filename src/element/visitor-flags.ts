import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The options that the page and the visitor both set. */
export type VisitorFlag = 'muted' | 'open';
const FLAGS: readonly VisitorFlag[] = ['muted', 'open'];

export interface FlagHost extends ReactiveControllerHost, Element {
  readonly muted: boolean;
  readonly open: boolean;
}

/**
 * Remembers what the visitor has muted, unmuted, opened or closed. A page that only repeats its markup does not undo
 * it: libraries that morph a page remove the attributes that the element has added, and put back those that it has
 * removed.
 */
export class VisitorFlags implements ReactiveController {
  readonly #host: FlagHost;
  readonly #byVisitor = new Map<VisitorFlag, boolean>();
  /** The flags that were in the markup when the element came to the page. */
  #inMarkup: readonly VisitorFlag[] | undefined;
  #muted = false;

  constructor(host: FlagHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#inMarkup ??= FLAGS.filter((flag) => this.#host.hasAttribute(flag));
  }

  /** The panel was opened or closed by the visitor, or for them. */
  visitorOpens(open: boolean): void {
    this.#byVisitor.set('open', open);
  }

  /** The session is muted or not; when no script did it, the visitor did, by a button here or one of the system. */
  sessionMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#byVisitor.set('muted', muted);
  }

  /** A script has set the property: `null` and the like leave it to the visitor, everything else counts. */
  scriptSets(flag: VisitorFlag, value: unknown): boolean {
    if (value === null || value === undefined || value === '') return this.#byVisitor.get(flag) ?? false;
    const on = Boolean(value);
    if (on !== this.#byVisitor.get(flag)) this.#byVisitor.delete(flag);
    if (flag === 'muted') this.#muted = on;
    return on;
  }

  /** Whether this change of the attribute would undo what the visitor did. */
  keeps(flag: VisitorFlag, on: boolean): boolean {
    const byVisitor = this.#byVisitor.get(flag);
    if (byVisitor === undefined || byVisitor === on || byVisitor !== this.#host[flag]) return false;
    return !on || this.#inMarkup!.includes(flag);
  }
}

export function isVisitorFlag(name: PropertyKey): name is VisitorFlag {
  return FLAGS.includes(name as VisitorFlag);
}
