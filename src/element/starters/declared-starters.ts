import { declaredText } from '../declarations.js';
import { tell } from '../page-mistakes.js';
import { readStarters, type Starter } from './starter.js';

/** What the starters are read from. */
export interface StarterPage extends Element {
  readonly starters: readonly unknown[];
}

/**
 * The starters of the page: those of the property, or else those in `<script type="application/json" slot="starters">`.
 * A mistake is told once in the console; visitors need not know, and calls work without.
 */
export class DeclaredStarters {
  readonly #page: StarterPage;
  #source: unknown = '';
  #starters: readonly Starter[] = [];

  constructor(page: StarterPage) {
    this.#page = page;
  }

  /** The same objects until the page changes them. */
  get list(): readonly Starter[] {
    const { starters } = this.#page;
    const isSet = !Array.isArray(starters) || starters.length > 0;
    const source: unknown = isSet ? starters : declaredText(this.#page, 'starters');
    if (source !== this.#source) {
      this.#source = source;
      this.#starters = isSet ? this.#read(source, 'The property starters') : this.#readScript(String(source));
    }
    return this.#starters;
  }

  #readScript(json: string): readonly Starter[] {
    if (json.trim() === '') return [];
    try {
      return this.#read(JSON.parse(json), 'slot="starters"');
    } catch (cause) {
      tell(`slot="starters" holds no JSON: ${String(cause)}`);
      return [];
    }
  }

  #read(value: unknown, name: string): readonly Starter[] {
    const { starters, mistake } = readStarters(value, name);
    if (mistake) tell(mistake);
    return starters;
  }
}
