import { choice, field, made } from './fields.js';

/** A field for each attribute. `onChange(name, value)` gets null where the default is meant. */
export class OptionForm {
  #fields = new Map();

  constructor(options, languages, onChange) {
    for (const option of options) {
      const input = option.name === 'lang' ? languageChoice(languages) : inputFor(option);
      input.name = option.name;
      input.addEventListener('change', () => onChange(option.name, valueOf(input, option)));
      if (option.kind === 'text') input.addEventListener('input', () => onChange(option.name, valueOf(input, option)));
      this.#fields.set(option, input);
    }
  }

  /** The fields in two groups: where the element asks, and what it shows and does. */
  render() {
    const asks = ({ name }) => /url$|^token|^credentials/.test(name);
    const all = [...this.#fields];
    return [
      group('Connection', all.filter(([option]) => asks(option)).map(asField), true),
      group('Look and behaviour', all.filter(([option]) => !asks(option)).map(asField)),
    ];
  }

  /** Shows the attributes of a snippet; a field that is being edited stays as it is. */
  show(attributes) {
    for (const [option, input] of this.#fields) {
      const value = attributes[option.name];
      if (option.kind === 'flag') input.checked = value !== undefined;
      else if (input.localName === 'select') showWord(input, value);
      else if (input !== document.activeElement) input.value = value ?? '';
    }
  }
}

/** Fields under a title. They are shown at first where there is room for all of them, or if `isOpen` says so. */
export function group(title, fields, isOpen = matchMedia('(min-width: 820px)').matches) {
  return made('details', { className: 'group', open: isOpen }, made('summary', {}, title), ...fields);
}

function asField([{ name, description }, input]) {
  return field(input, name, description);
}

function inputFor({ kind, words, initial }) {
  if (kind === 'flag') return made('input', { type: 'checkbox' });
  if (kind === 'number') return made('input', { type: 'number', min: '0', placeholder: initial });
  if (kind === 'text') return made('input', { type: 'text', spellcheck: false, autocomplete: 'off' });
  const others = words.filter((word) => word !== initial);
  return choice([['', initial || 'not set'], ...others.map((word) => [word, word])]);
}

function languageChoice(languages) {
  return choice([['', 'that of the page'], ...['en', ...languages].map((code) => [code, code])]);
}

/** A pasted snippet may have a word that the list lacks, such as another spelling or region. */
function showWord(select, value = '') {
  const words = [...select.options].map((option) => option.value);
  const word = words.find((each) => each.toLowerCase() === value.toLowerCase());
  const isInitial = select.options[0].textContent === value.toLowerCase();
  if (word === undefined && !isInitial) select.append(made('option', { value }, value));
  select.value = word ?? (isInitial ? '' : value);
}

function valueOf(input, { kind, initial }) {
  if (kind === 'flag') return input.checked ? '' : null;
  const value = input.value.trim();
  return value === '' || value === initial ? null : value;
}
