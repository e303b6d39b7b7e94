import { isHarmless, isSafeAddress, looksSecret, safeChildren } from './safe-node.js';
import { readStyleAttribute, readTheme } from './theme-rule.js';

const FILE = /(^|\/)realtime-voice\.min\.js$/;
/** Characters; no snippet needs as many, and a parser may take minutes for more. */
const LONGEST = 100_000;
/** The rest of the problems of a hostile text is told in one sentence. */
const MOST_PROBLEMS = 20;
const INTEGRITY = /^sha(256|384|512)-[\w+/=]{40,100}$/;
const LOCALE = /(^|\/)locales\/[\w-]+\.min\.js$/;

/** The snippet that the page begins with. */
export const FIRST = {
  loading: 'script',
  script: '/realtime-voice.min.js',
  attributes: { 'token-url': '/api/voice-token' },
  theme: {},
  tools: '',
  children: [],
};

/**
 * Reads a snippet of HTML: `{ snippet, problems }`, without a snippet if there is no element in it. The text is parsed
 * in a document of its own, where nothing runs and nothing loads, and becomes data. What is dangerous or unknown is
 * left out and reported.
 */
export function readSnippet(html, { options, tokens, sri }) {
  if (html.length > LONGEST) return { problems: ['This text is too long for a snippet.'] };
  const problems = new Set();
  const report = (problem) => {
    if (problems.size < MOST_PROBLEMS) problems.add(problem.slice(0, 200));
    else problems.add('More was left out.');
  };
  const inert = new DOMParser().parseFromString(html, 'text/html');
  const [element, ...others] = inert.querySelectorAll('realtime-voice');
  if (!element) return { problems: ['There is no <realtime-voice> in this text.'] };
  if (others.length > 0) report('Only the first <realtime-voice> was kept.');

  const snippet = { ...FIRST, loading: 'npm', attributes: {}, theme: {}, children: [] };
  readScripts(inert, element, snippet, sri, report);
  for (const style of inert.querySelectorAll('style')) {
    if (!element.contains(style)) Object.assign(snippet.theme, readTheme(style.textContent, tokens, report));
  }
  readAttributes(element, snippet, options, tokens, report);
  readTools(element, snippet, report);
  snippet.children = safeChildren(element, report).flatMap((child) => {
    const trimmed = typeof child === 'string' ? child.trim() : child;
    return trimmed === '' ? [] : [trimmed];
  });
  for (const other of inert.querySelectorAll('head > *, body > *')) {
    if (!other.contains(element) && !['script', 'style', 'realtime-voice'].includes(other.localName)) {
      report(`<${other.localName}> outside of the element was left out.`);
    }
  }
  return { snippet, problems: [...problems] };
}

/** Whether an address is that of the element's file. */
export function isScriptFile(address) {
  return FILE.test(pathOf(address));
}

function pathOf(address) {
  return isSafeAddress(address) ? new URL(address, 'https://page.example/').pathname : '';
}

function readScripts(inert, element, snippet, sri, report) {
  for (const script of inert.querySelectorAll('script')) {
    if (element.contains(script)) continue;
    const address = script.getAttribute('src') ?? '';
    if (isScriptFile(address) && !script.textContent.trim()) {
      const integrity = readIntegrity(script, sri, report);
      Object.assign(snippet, { loading: 'script', script: address, integrity });
    } else if (!LOCALE.test(pathOf(address))) report('A script that is not of the element was left out.');
    if (script.hasAttribute('nonce'))
      report('The nonce of a script was left out: the server writes a new one into each answer.');
  }
}

/** The hash of a file that may be another version; undefined if it is that of the built file. */
function readIntegrity(script, sri, report) {
  const integrity = script.integrity.trim();
  if (integrity === sri) return undefined;
  if (integrity === '' || INTEGRITY.test(integrity)) return integrity;
  report('The integrity of the script was left out: it is no hash.');
  return '';
}

function readAttributes(element, snippet, options, tokens, report) {
  for (const { name, value } of element.attributes) {
    const option = options.find((each) => each.name === name);
    if (name === 'style') Object.assign(snippet.theme, readStyleAttribute(value, tokens, report));
    else if (!option && !isHarmless(name)) report(`The attribute ${name} was left out: the element does not know it.`);
    else if (looksSecret(value))
      report(`${name} was left out: it looks like a secret key, which must not be in a page.`);
    else if (name.endsWith('-url') && !isSafeAddress(value)) report(`${name} was left out: it is not a web address.`);
    else if (option?.kind === 'flag') {
      // Frameworks write a boolean that is false as a text.
      if (value !== 'false') snippet.attributes[name] = '';
    } else snippet.attributes[name] = value;
  }
}

/** Takes the declared tools out of the inert element, so that its other scripts are reported. */
function readTools(element, snippet, report) {
  const script = element.querySelector(':scope > script[type="application/json"][slot="tools"]:not([src])');
  if (!script) return;
  script.remove();
  const { tools, problem } = usableTools(script.textContent);
  if (problem) report(problem);
  else snippet.tools = tools;
}

/** The JSON of tools, as it can stand in a script element; a problem if it is no list. */
export function usableTools(text) {
  const json = text.trim();
  if (json === '') return { tools: '' };
  if (looksSecret(json)) return { problem: 'The tools were left out: a secret key must not be in a page.' };
  try {
    const tools = JSON.parse(json);
    if (!Array.isArray(tools)) return { problem: 'The tools must be a list: [ … ].' };
    if (!tools.every((tool) => typeof tool?.name === 'string' && tool.name))
      return { problem: 'Each tool must have a name: [{ "name": "…" }].' };
  } catch (error) {
    return { problem: `The tools are no JSON: ${error.message}` };
  }
  // In JSON, `<` stands only within strings, where it may be written like this. It could end the script element.
  return { tools: json.replace(/<(?=[!/s])/gi, '\\u003c') };
}
