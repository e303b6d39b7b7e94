const TAGS = new Set(['html', 'svg', 'css']);

/**
 * Rollup plugin for what a minifier must leave alone because it does not know the tags of Lit. In HTML a run of white
 * space which holds a line break becomes one space, which is what a browser makes of it anyway; CSS loses comments and
 * indentation. Only white space is touched, so no parser is needed. Characters beyond ASCII are escaped.
 */
export function templateWhitespace() {
  return {
    name: 'template-whitespace',
    transform(code, id) {
      if (id.includes('/node_modules/')) return null;
      const edits = [];
      visit(this.parse(code), (node) => {
        const tag = node.type === 'TaggedTemplateExpression' ? node.tag.name : undefined;
        const template = tag ? node.quasi : node;
        if (template.type !== 'TemplateLiteral') return;
        for (const { start, end } of template.quasis) edits.push([start, end, rewrite(code.slice(start, end), tag)]);
      });
      return { code: replaceAll(code, edits), map: null };
    },
  };
}

function rewrite(text, tag) {
  const squeezed = tag === 'css' ? squeezeCss(text) : TAGS.has(tag) ? text.replace(/\s*\n\s*/g, ' ') : text;
  return squeezed.replace(/[\u{80}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** Strings keep every character; comments go first, as an apostrophe in one would look like a string. */
function squeezeCss(text) {
  return text
    .replace(/\/\*[^]*?\*\//g, '')
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 ? part : squeezeRules(part)))
    .join('');
}

function squeezeRules(text) {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');
}

/** A tagged template is met twice, as itself and as a template; the first edit of a place counts. */
function replaceAll(code, edits) {
  let result = '';
  let end = 0;
  for (const [from, to, text] of edits.sort((a, b) => a[0] - b[0])) {
    if (from < end) continue;
    result += code.slice(end, from) + text;
    end = to;
  }
  return result + code.slice(end);
}

function visit(node, see) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) return node.forEach((child) => visit(child, see));
  if (typeof node.type === 'string') see(node);
  for (const key in node) visit(node[key], see);
}
