import { enableCopying } from '../copying.js';
import { readAddress, writeAddress } from './address-bar.js';
import { ContentForm, withText } from './content-form.js';
import { stackList } from './endpoint.js';
import { made, tellWrong } from './fields.js';
import { optionList } from './option-list.js';
import { OptionForm } from './option-form.js';
import { Preview } from './preview.js';
import { isSafeAddress, looksSecret } from './safe-node.js';
import { languageFile, printSnippet } from './snippet-printer.js';
import { FIRST, isScriptFile, readSnippet, usableTools } from './snippet-reader.js';
import { showTexts } from './texts.js';
import { ThemeForm } from './theme-form.js';
import { isUsableValue } from './theme-rule.js';

const page = Object.fromEntries([...document.querySelectorAll('[id]')].map((element) => [element.id, element]));
const answer = await fetch('/builder/parts.json');
if (!answer.ok) throw new Error(await answer.text());
const parts = await answer.json();
const list = { ...optionList(parts.manifest), sri: parts.sri };
const preview = new Preview(page.preview);

let snippet = FIRST;
/** The names of the fields whose value is not used. */
const refused = new Set();
const optionForm = new OptionForm(list.options, parts.languages, changeAttribute);
const themeForm = new ThemeForm(list.tokens, changeTheme);
const contentForm = new ContentForm(list.slots, {
  onText: (slot, text) => {
    if (looksSecret(text)) return refuse(`slot-${slot}`, 'This looks like a secret key, which must not be in a page.');
    change({ children: withText(snippet.children, slot, text) });
  },
  onTools: (text) => {
    const { tools, problem } = usableTools(text);
    if (problem) refuse('slot-tools', problem);
    else change({ tools });
  },
});

page.form.append(...optionForm.render(), contentForm.render(), themeForm.render());
page.stack.append(...stackList(parts.recipes).map(({ file, title }) => made('option', { value: file }, title)));
page.stack.value = 'express.js';
enableCopying();
page.html.addEventListener('input', () => paste(page.html.value));
page.html.addEventListener('change', () => (page.html.value = html()));
page.script.addEventListener('input', changeScript);
for (const choice of [page.stack, page.instructions]) choice.addEventListener('input', () => show());
for (const loading of [page.tag, page.npm])
  loading.addEventListener('change', () => change({ loading: loading.value }));
addEventListener('hashchange', restore);
restore();
page.form.dataset.ready = '';

function changeAttribute(name, value) {
  const { [name]: _old, ...others } = snippet.attributes;
  if (value !== null && looksSecret(value))
    return refuse(name, 'This looks like a secret key: it stays on the server.');
  if (value !== null && name.endsWith('-url') && !isSafeAddress(value)) return refuse(name, 'This is no web address.');
  // In its place, if it was there: an edit moves nothing.
  const attributes = value === null ? others : { ...snippet.attributes, [name]: value };
  change({ attributes });
}

function changeTheme(name, value) {
  const { [name]: _old, ...others } = snippet.theme;
  if (value !== '' && !isUsableValue(value)) return refuse(name, 'This cannot be the value.');
  change({ theme: value === '' ? others : { ...snippet.theme, [name]: value } });
}

function changeScript() {
  const script = page.script.value.trim();
  // Another file has another hash.
  if (isScriptFile(script)) change({ script, integrity: undefined });
  else complain('The address of the file ends in realtime-voice.min.js.');
}

function change(changed) {
  snippet = { ...snippet, ...changed };
  complain();
  show();
}

/** A text that somebody pasted or edited: the form and the preview follow, the text stays until it is left. */
function paste(text) {
  const read = readSnippet(text, list);
  complain(...read.problems);
  if (!read.snippet) return;
  snippet = read.snippet;
  show();
}

function restore() {
  const shared = readAddress();
  if (stackList(parts.recipes).some(({ file }) => file === shared.stack)) page.stack.value = shared.stack;
  if (shared.html) paste(shared.html);
  show();
}

function html() {
  return printSnippet(snippet, parts);
}

function show() {
  if (document.activeElement !== page.html) page.html.value = html();
  if (document.activeElement !== page.script) page.script.value = snippet.script;
  page.tag.checked = snippet.loading === 'script';
  page.npm.checked = snippet.loading === 'npm';
  optionForm.show(snippet.attributes);
  themeForm.show(snippet.theme);
  contentForm.show(snippet);
  loadLanguage(snippet.attributes['lang']);
  preview.show(snippet, list);
  page.corner.hidden = snippet.attributes['variant']?.toLowerCase() !== 'floating';
  const { value: stack } = page.stack;
  void showTexts(page, { snippet, stack, instructions: page.instructions.value.trim(), parts });
  writeAddress({ html: html(), stack });
}

/** The languages of the preview are loaded when they are chosen, as on a site. */
function loadLanguage(lang) {
  const language = languageFile(lang, parts.languages);
  if (language) void import(`/dist/locales/${language}.min.js`);
}

/** Says beside a field why its value is not used. */
function refuse(name, problem) {
  complain();
  refused.add(name);
  tellWrong(name, problem);
}

/** Lists what is wrong with the HTML. What was wrong before is over. */
function complain(...problems) {
  for (const name of refused) tellWrong(name);
  refused.clear();
  page.problems.replaceChildren(...problems.map((problem) => made('li', {}, problem)));
}
