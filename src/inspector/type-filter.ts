import { html, type TemplateResult } from 'lit';

/** Which types of events are shown; at first all. */
export class TypeFilter {
  readonly #types: readonly string[];
  readonly #changed: () => void;
  readonly #hidden = new Set<string>();

  constructor(types: readonly string[], changed: () => void) {
    this.#types = types;
    this.#changed = changed;
  }

  shows(type: string): boolean {
    return !this.#hidden.has(type);
  }

  render(): TemplateResult {
    const shown = this.#types.filter((type) => this.shows(type)).length;
    return html`<details class="filter">
      <summary>Types: ${shown} of ${this.#types.length}</summary>
      <div class="types">
        ${this.#types.map((type) => this.#renderType(type))}
        <button @click=${() => this.#set(this.#types, true)}>All</button>
        <button @click=${() => this.#set(this.#types, false)}>None</button>
      </div>
    </details>`;
  }

  #renderType(type: string): TemplateResult {
    const change = ({ currentTarget }: Event): void => this.#set([type], (currentTarget as HTMLInputElement).checked);
    return html`<label><input type="checkbox" .checked=${this.shows(type)} @change=${change} />${type}</label>`;
  }

  #set(types: readonly string[], shown: boolean): void {
    for (const type of types) {
      if (shown) this.#hidden.delete(type);
      else this.#hidden.add(type);
    }
    this.#changed();
  }
}
