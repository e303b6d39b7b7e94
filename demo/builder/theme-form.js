import { field, made } from './fields.js';
import { group } from './option-form.js';

/** A field for each custom property of the element. `onChange(name, value)`; an empty value means the default. */
export class ThemeForm {
  #fields = new Map();

  constructor(tokens, onChange) {
    for (const token of tokens) {
      const input = made('input', { type: 'text', name: token.name, placeholder: token.initial, spellcheck: false });
      input.addEventListener('input', () => onChange(token.name, input.value.trim()));
      this.#fields.set(token, input);
    }
  }

  render() {
    const fields = [...this.#fields].map(([{ name, description, isColour }, input]) => {
      const row = field(input, name.replace('--realtime-voice-', ''), description);
      if (isColour) row.insertBefore(picker(input, name), row.lastChild);
      return row;
    });
    return group('Theme', fields);
  }

  show(theme) {
    for (const [{ name }, input] of this.#fields) {
      const value = theme[name] ?? '';
      if (input !== document.activeElement) input.value = value;
      const colour = input.parentElement.querySelector('[type="color"]');
      // The browser's field always has a colour: it is hidden until the text is one that it knows.
      const isKnown = /^#[\da-f]{6}$/i.test(value);
      if (colour && isKnown) colour.value = value;
      colour?.classList.toggle('none', !isKnown);
    }
  }
}

/** The browser's own choice of colours, which writes into the text field. */
function picker(input, name) {
  const colour = made('input', { type: 'color', ariaLabel: `Pick ${name.replace('--realtime-voice-', '')}` });
  colour.addEventListener('input', () => {
    input.value = colour.value;
    input.dispatchEvent(new Event('input'));
  });
  return colour;
}
