import { field, made } from './fields.js';
import { group } from './option-form.js';

const TOOLS = 'tools';
/** It holds JSON in a script. A page sets it in its own markup, or by the property. */
const STARTERS = 'starters';

/** Texts for the slots, and the tools. A slot that has markup is shown, and changed in the HTML. */
export class ContentForm {
  #slots;
  #fields = new Map();
  #tools = made('textarea', { name: 'slot-tools', rows: 5, spellcheck: false });
  #toolsHelp;

  constructor(slots, { onText, onTools }) {
    this.#slots = slots;
    for (const { name } of slots) {
      if (name === TOOLS || name === STARTERS) continue;
      const input = made('input', { type: 'text', name: `slot-${name}` });
      input.addEventListener('input', () => onText(name, input.value));
      this.#fields.set(name, input);
    }
    this.#tools.addEventListener('input', () => onTools(this.#tools.value));
    this.#toolsHelp = slots.find(({ name }) => name === TOOLS)?.description ?? '';
  }

  render() {
    const fields = [...this.#fields].map(([name, input]) => {
      return field(input, name, this.#slots.find((slot) => slot.name === name).description);
    });
    return group('Content', [...fields, field(this.#tools, TOOLS, this.#toolsHelp)]);
  }

  show({ children, tools }) {
    for (const [name, input] of this.#fields) {
      const filled = children.filter((child) => child.attributes?.slot === name);
      const hasMarkup =
        filled.length > 1 || filled.some(({ children }) => children.some((it) => typeof it !== 'string'));
      input.disabled = hasMarkup;
      if (input !== document.activeElement) input.value = hasMarkup ? 'markup: see the HTML' : textOf(filled[0]);
    }
    if (this.#tools !== document.activeElement) this.#tools.value = tools;
  }
}

/** The children with another text in a slot; with none, without the slot. */
export function withText(children, slot, text) {
  const index = children.findIndex((child) => child.attributes?.slot === slot);
  const old = children[index] ?? { tag: 'span', attributes: { slot }, children: [] };
  const filled = text.trim() === '' ? [] : [{ ...old, children: [text] }];
  return index < 0 ? [...children, ...filled] : children.toSpliced(index, 1, ...filled);
}

function textOf(node) {
  return node ? node.children.join('') : '';
}
