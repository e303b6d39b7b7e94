let count = 0;

/** A labelled field with its explanation. */
export function field(input, name, description) {
  input.id = `field-${++count}`;
  const label = made('label', { htmlFor: input.id }, made('code', {}, name));
  const help = made('p', { id: `${input.id}-help` }, ...withCode(description));
  input.setAttribute('aria-describedby', help.id);
  const isCheck = input.type === 'checkbox';
  const wrong = made('p', { id: `${input.id}-wrong`, className: 'wrong', role: 'alert' });
  return made(
    'div',
    { className: isCheck ? 'field check' : 'field' },
    ...(isCheck ? [input, label] : [label, input]),
    help,
    wrong,
  );
}

/** Says beside the field of this name why its value is not used; without a text, that nothing is wrong any more. */
export function tellWrong(name, text = '') {
  const [input] = document.getElementsByName(name);
  const wrong = document.getElementById(`${input.id}-wrong`);
  if (wrong.textContent !== text) wrong.textContent = text;
  if (text) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  input.setAttribute('aria-describedby', `${input.id}-help${text && ` ${wrong.id}`}`);
}

/** Words in backticks are code. */
function withCode(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? made('code', {}, part) : part));
}

/** A choice of words; the first one may be empty. */
export function choice(words) {
  return made('select', {}, ...words.map(([value, text]) => made('option', { value }, text)));
}

/** An element with properties and content. */
export function made(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}
