import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** TypeScript is used for types only. Syntax that it would compile to code is forbidden. */
const onlyTypes = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals instead of an enum.' },
  {
    selector: 'TSModuleDeclaration[kind!="global"][id.type!="Literal"]',
    message: 'Use a module instead of a namespace.',
  },
  { selector: 'TSParameterProperty', message: 'Declare the field and assign it in the constructor.' },
];

/** Forbids what a strict Content-Security-Policy blocks, and what turns strings into markup or code. */
const policySafe = [
  {
    selector: ':matches(TaggedTemplateExpression[tag.name=/^(html|svg)$/]) TemplateElement[value.raw=/\\sstyle\\s*=/i]',
    message: 'A style attribute is blocked by style-src: use a class, or style.setProperty after the render.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/<(style|script)\\b/i]',
    message: "A <style> or <script> in a template is blocked by the page's policy: use static styles.",
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\son[a-z]+\\s*=/i]',
    message: 'An inline event handler is blocked by script-src: bind with @event.',
  },
  {
    selector:
      'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\s\\.(innerHTML|outerHTML)\\s*=/]',
    message: 'Never turn a string into markup.',
  },
  {
    selector:
      'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|srcdoc)$/]',
    message: 'Never turn a string into markup.',
  },
  {
    selector: 'CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^style$/i]',
    message: 'Use style.setProperty.',
  },
  {
    selector: 'Literal[value=/(^|[\\s"\'(=])(blob|data):\\S/]',
    message: 'blob: and data: URLs are blocked by strict policies.',
  },
  {
    selector: 'TemplateElement[value.raw=/(^|[\\s"\'(=])(blob|data):(\\S|$)/]',
    message: 'blob: and data: URLs are blocked by strict policies.',
  },
  {
    selector: 'MemberExpression[object.name="URL"][property.name="createObjectURL"]',
    message: 'blob: URLs are blocked by strict policies.',
  },
];

/** What old libraries on the page replace: Prototype.js, MooTools, and shims of their time. */
const replacedBuiltIns = [
  {
    selector: 'MemberExpression[object.name="Array"][property.name="from"]',
    message: 'Prototype.js and MooTools have another Array.from: use the spread syntax.',
  },
  {
    selector: 'CallExpression[callee.property.name="bind"]',
    message: 'Old libraries have another Function.prototype.bind: use an arrow function.',
  },
  {
    selector: 'CallExpression[callee.property.name="entries"][callee.object.name!="Object"]',
    message: 'Prototype.js has another Array.prototype.entries: use forEach.',
  },
  {
    selector: 'NewExpression[callee.name="Event"]',
    message: 'MooTools has another Event: use CustomEvent.',
  },
  {
    selector: 'MemberExpression[object.name="JSON"][property.name="stringify"]',
    message: 'Prototype.js gives arrays a toJSON: use toJson.',
  },
];

const unsafeDirectives = {
  patterns: [
    {
      regex: '^lit(-html)?/directives/(style-map|unsafe-html|unsafe-svg|unsafe-mathml)(\\.js)?$',
      message: 'styleMap writes a style attribute at its first render; the unsafe directives turn strings into markup.',
    },
  ],
};

/** Forbids tests that are skipped, and tests that keep others from running. */
const wholeTests = [
  {
    selector: 'MemberExpression[object.name=/^(describe|it|test|suite|context)$/][property.name=/^(only|skip|todo)$/]',
    message: 'Run every test.',
  },
  { selector: 'CallExpression[callee.name=/^(xit|xdescribe|fit|fdescribe)$/]', message: 'Run every test.' },
  {
    selector: [
      'CallExpression[callee.name=/^(describe|it|test|suite)$/]',
      'ObjectExpression',
      'Property[key.name=/^(only|skip|todo)$/]',
    ].join(' > '),
    message: 'Run every test.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'test/report/', 'node_modules/', 'docs/.site/', 'docs/.vitepress/cache/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      // TypeScript checks names.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...onlyTypes],
    },
  },
  {
    files: ['src/**/*.ts'],
    ...lit.configs['flat/recommended'],
  },
  {
    files: ['src/**/*.ts'],
    ...wc.configs['flat/recommended'],
  },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-syntax': ['error', ...onlyTypes, ...policySafe],
      '@typescript-eslint/no-restricted-imports': ['error', unsafeDirectives],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
    },
  },
  {
    // What runs in the visitor's page, beside whatever is on it.
    files: ['src/**/*.ts'],
    ignores: ['src/server/**', 'src/server-redis/**', 'src/json-text.ts'],
    rules: { 'no-restricted-syntax': ['error', ...onlyTypes, ...policySafe, ...replacedBuiltIns] },
  },
  {
    // Declarations that are merged with those of a framework: it decides on namespaces and interfaces.
    files: ['src/frameworks/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-empty-object-type': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...onlyTypes, ...wholeTests] },
  },
);
