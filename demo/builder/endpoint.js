const SHARED = 'voice.js';
const PATH = '/api/voice-token';
const SESSION_PATH = '/api/voice-session';

/** The stacks that have a recipe, as `{ file, title }`. The first line of a recipe says what it is for. */
export function stackList(recipes) {
  return Object.entries(recipes)
    .filter(([file]) => file !== SHARED)
    .map(([file, text]) => ({ file, title: /^\/\/ ([^:.,]{1,40})/.exec(text)?.[1].trim() ?? file }));
}

/** The endpoint for a stack: the recipe, and the file with the session that it imports. */
export function printEndpoint({ recipes, stack, attributes, instructions }) {
  const recipe = recipes[stack];
  const files = recipe.includes(`./${SHARED}`) ? [[SHARED, recipes[SHARED]]] : [];
  return [...files, [stack, recipe]]
    .map(([file, text]) => `// ── ${file} ──\n${ownPaths(ownInstructions(text, instructions), attributes)}`)
    .join('\n');
}

/** The instructions stay on the server: they are in no other text. */
function ownInstructions(text, instructions) {
  if (!instructions) return text;
  const literal = `'${JSON.stringify(instructions).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  return text.replace(/(?<=instructions: )'[^']*'/, () => literal);
}

function ownPaths(text, attributes) {
  const changed = [
    [PATH, attributes['token-url']],
    [SESSION_PATH, attributes['session-url']],
  ];
  return changed.reduce((code, [from, to]) => (/^\/[\w./-]+$/.test(to ?? '') ? code.replaceAll(from, to) : code), text);
}
