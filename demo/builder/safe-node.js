/** Elements that a slot may hold. Whatever is not listed here is dropped. */
const TAGS = new Set(
  'a b br div em h1 h2 h3 h4 h5 h6 i img li ol p small span strong ul svg circle ellipse g line path polygon polyline rect'.split(
    ' ',
  ),
);
const SVG = 'http://www.w3.org/2000/svg';
/** Attributes that do nothing but name, describe or draw. */
const ATTRIBUTES = new Set(
  (
    'alt class cx cy d dir exportparts fill height hidden hreflang id lang loading part points r rel role rx ry slot ' +
    'stroke stroke-linecap stroke-linejoin stroke-width tabindex target title transform translate viewBox width ' +
    'x x1 x2 y y1 y2'
  ).split(' '),
);
const ADDRESSES = new Set(['href', 'src']);
/** Keys and client secrets of the service. */
const SECRET = /\b[es]k[-_][\w-]{8,}/;

/** Whether an attribute is safe on any element. */
export function isHarmless(name) {
  return ATTRIBUTES.has(name) || /^(data|aria)-[\w-]+$/.test(name);
}

/** Whether a URL leads to a page, a file, a mail or a telephone; no URL runs a script. */
export function isSafeAddress(address) {
  try {
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(address, 'https://page.example/').protocol);
  } catch {
    return false;
  }
}

export function looksSecret(text) {
  return SECRET.test(text);
}

/**
 * A node of an inert document as data: a string, or `{ tag, svg, attributes, children }`. What may not stay is
 * reported; undefined if that is all of the node.
 */
export function safeNode(node, report) {
  if (node.nodeType === Node.TEXT_NODE) return safeText(node.data, report);
  if (node.nodeType === Node.COMMENT_NODE) report('Comments were left out.');
  if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
  const tag = node.localName;
  if (!TAGS.has(tag)) return void report(`<${tag}> was left out.`);
  const attributes = {};
  for (const { name, value } of node.attributes) {
    if (keeps(name, value)) attributes[name] = value;
    else report(`The attribute ${name} of <${tag}> was left out.`);
  }
  const children = safeChildren(node, report);
  return { tag, ...(node.namespaceURI === SVG && { svg: true }), attributes, children };
}

export function safeChildren(node, report) {
  const safe = [];
  for (const child of node.childNodes) {
    const next = safeNode(child, report);
    // Texts meet where something between them was left out.
    if (typeof next === 'string' && typeof safe.at(-1) === 'string') safe.push(safe.pop() + next);
    else if (next !== undefined) safe.push(next);
  }
  return safe;
}

/**
 * Builds the node for the preview. It needs no parser, so no text can become markup. It has no ids, because the page
 * finds its own parts by theirs, and loads nothing from other hosts.
 */
export function buildNode(node) {
  if (typeof node === 'string') return document.createTextNode(node);
  const { tag, svg, attributes, children } = node;
  const element = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    const isForeign = name === 'src' && new URL(value, location.href).origin !== location.origin;
    if (name !== 'id' && !isForeign) element.setAttribute(name, value);
  }
  element.append(...children.map(buildNode));
  return element;
}

function keeps(name, value) {
  if (looksSecret(value)) return false;
  return isHarmless(name) || (ADDRESSES.has(name) && isSafeAddress(value));
}

function safeText(text, report) {
  if (!looksSecret(text)) return text;
  report('A text that looks like a secret key was left out: a key must never be in a page.');
  return undefined;
}
