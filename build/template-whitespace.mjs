const TAGS = new Set(['html', 'svg', 'css']);

/**
 * Rollup plugin: in Lit's templates a run of white space which holds a line break becomes one space, and CSS
 * comments go. One space is what the browser makes of such a run anyway; nothing else of a template is touched, so
 * no HTML parser is needed and no attribute, expression or word can be damaged.
 */
export function templateWhitespace() {
  return {
    name: 'template-whitespace',
    renderChunk(code) {
      const edits = [];
      visit(this.parse(code), (node) => {
        if (node.type !== 'TaggedTemplateExpression' || !TAGS.has(node.tag.name)) return;
        for (const quasi of node.quasi.quasis) {
          edits.push([quasi.start, quasi.end, squeeze(code.slice(quasi.start, quasi.end), node.tag.name)]);
        }
      });
      return { code: replaceAll(code, edits), map: null };
    },
  };
}

function squeeze(text, tag) {
  const bare = tag === 'css' ? text.replace(/\/\*[^]*?\*\//g, '') : text;
  const spaced = bare.replace(/[ \t\r]*\n\s*/g, tag === 'css' ? '\n' : ' ');
  return tag === 'css' ? spaced.replace(/\s*([{};,])\s*/g, '$1').replaceAll('\n', ' ').replace(/;}/g, '}') : spaced;
}

function replaceAll(code, edits) {
  let result = '';
  let end = 0;
  for (const [from, to, text] of edits.sort((a, b) => a[0] - b[0])) {
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
