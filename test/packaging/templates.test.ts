import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { css as litCss, unsafeCSS } from 'lit';
import { type Plugin, rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';

/** What the build does to Lit's tagged templates, shown on the templates that are easy to get wrong. */
describe('minified templates', () => {
  let plugin: Plugin;
  before(async () => {
    const { options } = await loadConfigFile('rollup.config.mjs', {});
    plugin = options.flatMap(({ plugins }) => plugins as Plugin[]).find(({ name }) => name === 'minify-templates')!;
  });

  /** The value of `expression` after its templates are minified. */
  async function minified(expression: string): Promise<unknown> {
    const source: Plugin = {
      name: 'source',
      resolveId: (id) => id,
      load: () => `export default (html, svg, css, value) => ${expression}`,
    };
    const bundle = await rollup({ input: 'example.js', plugins: [source, plugin] });
    const { output } = await bundle.generate({ format: 'es' });
    const { code } = output[0];
    assert.doesNotMatch(code, /[^\n\x20-\x7e]/, 'only ASCII');
    const evaluate = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      default(...tags: unknown[]): unknown;
    };
    const join = (texts: readonly string[], ...values: unknown[]): string => String.raw({ raw: texts }, ...values);
    return evaluate.default(
      join,
      join,
      (...args: Parameters<typeof litCss>) => litCss(...args).cssText,
      unsafeCSS('V'),
    );
  }

  const cases: Readonly<Record<string, readonly [expression: string, result: string]>> = {
    'white space between inline content stays one space': [
      'html`<b>one</b>\n      <i>two</i> three`',
      '<b>one</b> <i>two</i> three',
    ],
    'no white space appears where there was none': ['html`<b>one</b><i>${1}</i>`', '<b>one</b><i>1</i>'],
    'white space without a line break stays': ['html`<b title="a  b">a  b</b>`', '<b title="a  b">a  b</b>'],
    'attributes on lines of their own stay apart': [
      'html`<button\n  class="a b"\n  part="button"\n  ?disabled=${true}\n  @click=${2}\n>\n  Go\n</button>`',
      '<button class="a b" part="button" ?disabled=true @click=2 > Go </button>',
    ],
    'an attribute over several lines stays one value': [
      'svg`<path d="M0 0\n    h1\n    v1" />`',
      '<path d="M0 0 h1 v1" />',
    ],
    'letters beyond ASCII and escapes keep their meaning': ['html`é — \\u00a0 \\` \\${x} \\n`', 'é — \u00a0 ` ${x} \n'],
    'templates without a tag keep their line breaks': ['`a\n  b — ${1}`', 'a\n  b — 1'],
    'a template inside a template is minified too': ['html`<p>\n${html`<b>\n</b>`}\n</p>`', '<p> <b> </b> </p>'],
    'comments and indentation leave CSS': [
      "css`\n  /* it's a comment */\n  .a > .b,\n  .c {\n    color: red; /* and another */\n    margin: 0 1px;\n  }\n`",
      '.a>.b,.c{color:red;margin:0 1px}',
    ],
    'strings in CSS keep every character': [
      'css`a { content: "  /* kept */ ; }  —"; quotes: "\\\\201c" }`',
      'a{content:"  /* kept */ ; }  —";quotes:"\u201c"}',
    ],
    'a descendant keeps its space': [
      'css`.a :hover, .a:hover, :host(:state(x)) ::part(y) { top: 0 }`',
      '.a :hover,.a:hover,:host(:state(x)) ::part(y){top:0}',
    ],
    'operators in calc() keep their spaces': [
      'css`a { width: calc( 100% - (2px + var(--a) * -1) ) }`',
      'a{width:calc(100% - (2px + var(--a) * -1))}',
    ],
    'custom properties keep their values, and empty ones stay valid': [
      'css`a { --a: ; --b: 0 1px; width: var(--c, ) }`',
      'a{--a: ;--b: 0 1px;width:var(--c, )}',
    ],
    'light-dark() and color-mix() stay as they are': [
      'css`a { color: light-dark(white, color-mix(in srgb, red 50%, CanvasText)) }`',
      'a{color:light-dark(white,color-mix(in srgb,red 50%,CanvasText))}',
    ],
    'media queries and nested rules stay as they are': [
      'css`@media (forced-colors: active) and (width > 3px) {\n a { forced-color-adjust: none; &:hover { top: 0 } } }`',
      '@media(forced-colors:active)and (width>3px){a{forced-color-adjust:none;&:hover{top:0}}}',
    ],
    'fallbacks keep their order': [
      'css`a { height: 100vh; height: 100dvh; margin: 0; margin-top: 1px }`',
      'a{height:100vh;height:100dvh;margin:0;margin-top:1px}',
    ],
    'an expression in a value keeps its place': [
      'css`a { color: ${value}; width: calc(${value} / 2) }`',
      'a{color:V;width:calc(V / 2)}',
    ],
    'an expression that stands for rules keeps its place': [
      'css`\n  a {\n    top: 0;\n  }\n  ${value}\n  b {\n    top: 0;\n  }\n  ${value}\n`',
      'a{top:0}Vb{top:0}V',
    ],
  };
  for (const [title, [expression, result]] of Object.entries(cases)) {
    it(title, async () => assert.equal(await minified(expression), result));
  }

  it('CSS that cannot be parsed stops the build', async () => {
    await assert.rejects(minified('css`a { color: red; } }`'), /CSS template/);
  });

  it('CSS with an expression in a comment stops the build', async () => {
    await assert.rejects(minified('css`a { top: 0 } /* ${value} */`'), /an expression got lost/);
  });
});
