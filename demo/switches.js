/* What changes the element: variant, theme, colours, language, and the options for developers. */

import { showWords } from './words.js';

const voice = document.querySelector('#voice');
const byId = (id) => document.getElementById(id);

/** An empty value means the default: the attribute is removed. */
function setAttribute(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

function onChange(id, change) {
  byId(id).addEventListener('change', async ({ currentTarget }) => {
    await change(currentTarget.value);
    writeSnippet();
  });
}

onChange('variant', (variant) => setAttribute(voice, 'variant', variant));
onChange('theme', (theme) => setAttribute(voice, 'theme', theme));
// The page sets `color-scheme`, and the element follows it.
onChange('scheme', (scheme) => setAttribute(document.documentElement, 'data-scheme', scheme));

/* ── Languages: English is part of the element, each other language is a file ── */

async function offerLanguages() {
  const answer = await fetch('/languages.json');
  const languages = answer.ok ? Intl.getCanonicalLocales(['en', ...(await answer.json())]) : ['en'];
  byId('language').append(
    ...languages.map((code) => new Option(new Intl.DisplayNames(code, { type: 'language' }).of(code), code)),
  );
}
void offerLanguages();
onChange('language', async (code) => {
  if (code !== 'en') await import(`/dist/locales/${code.toLowerCase()}.min.js`);
  setAttribute(voice, 'lang', code === 'en' ? '' : code);
  const { script } = new Intl.Locale(code).maximize();
  setAttribute(voice, 'dir', ['Arab', 'Hebr'].includes(script) ? 'rtl' : '');
  showWords(code);
});

/* ── Words to send, and attributes ── */

for (const button of document.querySelectorAll('[data-say]')) {
  button.addEventListener('click', async () => {
    // The element already shows a failure, and the log has its `voice-error`.
    await voice.sendText?.(button.dataset.say)?.catch?.(() => undefined);
  });
}

const SHOWN_ATTRIBUTES = [
  'token-url',
  'session-url',
  'variant',
  'theme',
  'lang',
  'dir',
  'greet',
  'push-to-talk',
  'no-transcript',
  'no-text-input',
];

function writeSnippet() {
  const attributes = voice
    .getAttributeNames()
    .filter((name) => SHOWN_ATTRIBUTES.includes(name))
    .map((name) => (voice.getAttribute(name) ? `${name}="${voice.getAttribute(name)}"` : name));
  byId('tag').textContent = `<realtime-voice ${attributes.join(' ')}></realtime-voice>`;
}

for (const input of document.querySelectorAll('[data-attribute]')) {
  input.addEventListener('change', () => {
    voice.toggleAttribute(input.dataset.attribute, input.checked);
    writeSnippet();
  });
}
byId('unified').addEventListener('change', ({ currentTarget: { checked } }) => {
  voice.removeAttribute(checked ? 'token-url' : 'session-url');
  if (checked) voice.setAttribute('session-url', '/api/voice-session');
  else voice.setAttribute('token-url', '/api/voice-token');
  writeSnippet();
});
