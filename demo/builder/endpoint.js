const SHARED = 'voice.js';
/** Recipes in other languages, by the end of their names. */
const LANGUAGES = { php: 'PHP', py: 'Python', ru: 'Ruby', go: 'Go' };
const PATH = '/api/voice-token';
const SESSION_PATH = '/api/voice-session';
/** Stands for the page of the snippet: an address may be a path, or name another host. */
const PAGE = 'https://page.example/';

/** The stacks that have a recipe, as `{ file, title }`. The first line of a recipe says what it is for. */
export function stackList(recipes) {
  return Object.entries(recipes)
    .filter(([file]) => file !== SHARED)
    .map(([file, text]) => ({
      file,
      title: LANGUAGES[file.split('.')[1]] ?? /^\/\/ ([^\n:,]{1,40}?)(?=[:,\n]|\. )/.exec(text)?.[1] ?? file,
    }));
}

/** The endpoint for a stack: the recipe, and the file with the session that it imports. */
export function printEndpoint({ recipes, stack, attributes, instructions }) {
  const recipe = recipes[stack];
  const own = (file) => ownPaths(ownInstructions(file, recipes[file], instructions), attributes);
  if (!recipe.includes(`./${SHARED}`)) return own(stack);
  return [SHARED, stack].map((file) => `// ── ${file} ──\n${own(file)}`).join('\n');
}

/** The instructions stay on the server: they are in no other text. */
function ownInstructions(file, text, instructions) {
  if (!instructions) return text;
  return text.replace(/(?<=instructions['"]?(?::| =>) )(['"]).*?\1/, () => literal(file, instructions));
}

/** A text as it is written in the language of a file. */
function literal(file, text) {
  // In PHP and Ruby nothing else has a meaning between single quotes, and lines may end there.
  if (/\.(php|ru)$/.test(file)) return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
  const json = JSON.stringify(text);
  // In Go the session is a text between backticks.
  if (file.endsWith('.go')) return json.replaceAll('`', '\\u0060');
  return file.endsWith('.py') ? json : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function ownPaths(text, attributes) {
  const changed = [
    [PATH, attributes['token-url']],
    [SESSION_PATH, attributes['session-url']],
  ];
  return changed.reduce((code, [from, to]) => {
    const path = to && URL.canParse(to, PAGE) ? new URL(to, PAGE).pathname : '';
    return /^\/[\w./-]+$/.test(path) && path !== '/' ? code.replaceAll(from, path) : code;
  }, text);
}
