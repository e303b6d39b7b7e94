import { isHarmless, isSafeAddress, looksSecret, safeChildren } from './safe-node.js';
import { readStyleAttribute, readTheme } from './theme-rule.js';

const FILE = /(^|\/)realtime-voice\.min\.js$/;
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
export function readSnippet(html, { options, tokens }) {
  const problems = [];
  const report = (problem) => void (problems.includes(problem) || problems.push(problem));
  const inert = new DOMParser().parseFromString(html, 'text/html');
  const [element, ...others] = inert.querySelectorAll('realtime-voice');
  if (!element) return { problems: ['There is no <realtime-voice> in this text.'] };
  if (others.length > 0) report('Only the first <realtime-voice> was kept.');

  const snippet = { ...FIRST, loading: 'npm', attributes: {}, theme: {}, children: [] };
  readScripts(inert, element, snippet, report);
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
  return { snippet, problems };
}

function readScripts(inert, element, snippet, report) {
  for (const script of inert.querySelectorAll('script')) {
    if (element.contains(script)) continue;
    const address = script.getAttribute('src') ?? '';
    const path = isSafeAddress(address) ? new URL(address, 'https://page.example/').pathname : '';
    if (FILE.test(path) && !script.textContent.trim()) Object.assign(snippet, { loading: 'script', script: address });
    else if (!LOCALE.test(path)) report('A script that is not of the element was left out.');
  }
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
    if (!Array.isArray(JSON.parse(json))) return { problem: 'The tools must be a list: [ … ].' };
  } catch (error) {
    return { problem: `The tools are no JSON: ${error.message}` };
  }
  // In JSON, `<` stands only within strings, where it may be written like this. It could end the script element.
  return { tools: json.replace(/<(?=[!/s])/gi, '\\u003c') };
}
