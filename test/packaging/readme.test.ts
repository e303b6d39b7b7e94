import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest';
import { PackedPackage } from '../support/packed-package.js';
import { DOCUMENTS, documentBlocks, inlineScripts } from './document-blocks.js';
import { BUNDLER, NODENEXT, typeErrors } from './type-errors.js';

/** The names that the examples take from the reader's own code. */
const READERS_OWN = `
import type { Hono } from 'hono';
import type { RealtimeVoiceElement, TranscriptEntry, registerLocale as register } from 'realtime-voice';
import type { Handler, HandlerOptions, Limiter, SessionConfig } from 'realtime-voice/server';

declare global {
  const app: Hono;
  const voiceToken: Handler;
  const options: HandlerOptions;
  const apiKey: string;
  const session: SessionConfig;
  const presets: Readonly<Record<string, SessionConfig>>;
  const limiter: Limiter;
  const csrfToken: string;
  const basket: { add(sku: unknown): Promise<void> };
  const button: HTMLButtonElement;
  /** The snippet that one of the pages replaces has it in the page. */
  const OPENAI_API_KEY: string;
  const registerLocale: typeof register;
  /** As Cloudflare's script defines it. */
  const turnstile: {
    render(container: string, options: TurnstileOptions): string;
    remove(widget: string): void;
  };
  interface TurnstileOptions {
    readonly sitekey: string;
    readonly action: string;
    callback(token: string): void;
    'error-callback'(code: string): void;
    'timeout-callback'(): void;
  }
  function solveCaptcha(signal: AbortSignal): Promise<string>;
  function track(name: string, fields?: Readonly<Record<string, unknown>>): void;
  function draw(entries: readonly TranscriptEntry[]): void;
  /** Nuxt's own. */
  function defineNuxtPlugin(setup: () => void): unknown;
  function defineNuxtConfig(config: object): unknown;
  /** The reader's page has the element. */
  interface ParentNode {
    querySelector(selectors: 'realtime-voice'): RealtimeVoiceElement;
  }
}
`;

/** What the projects of these pages have: their frameworks bundle, and import files without an extension. */
const BUNDLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/start/next.md': { 'voice.d.ts': "export declare function Voice(): import('react').JSX.Element;\n" },
  'docs/start/react-router.md': {
    'routes.d.ts': `declare module '@react-router/dev/routes' {
      export type RouteConfig = readonly object[];
      export function index(file: string): object;
      export function route(path: string, file: string): object;
    }`,
  },
};

const VOICE_ENDPOINTS = "export declare const voiceEndpoints: import('vite').Plugin;\n";

const TEXT = DOCUMENTS.map(({ text }) => text).join('\n');

describe('the README and the pages of the docs', () => {
  let packed: PackedPackage;
  let element: CustomElementDeclaration;
  before(() => {
    packed = new PackedPackage();
    packed.link('hono', '@hono/node-server', '@types/node', 'undici-types', 'react', '@types/react', 'csstype');
    packed.link('ioredis', 'ws', '@types/ws');
    packed.link('vite', '@vitejs/plugin-react', '@vitejs/plugin-vue', '@sveltejs/vite-plugin-svelte', 'vue', 'svelte');
    const path = packed.path('node_modules/realtime-voice/dist/custom-elements.json');
    const { modules } = JSON.parse(readFileSync(path, 'utf8')) as Package;
    element = modules[0]!.declarations![0] as CustomElementDeclaration;
  });
  after(() => packed.remove());

  it('imports only what the package has: each import runs in Node, or is a file', () => {
    const specifiers = [...new Set(TEXT.match(/(?<=['"`])realtime-voice\/[\w./-]+(?=['"`])/g)), 'realtime-voice'];
    assert.ok(specifiers.length >= 10, specifiers.join());
    const script = `for (const it of ${JSON.stringify(specifiers)})
      try { await (/\\.(css|json)$/.test(it) ? import('node:fs').then((fs) => fs.readFileSync(new URL(import.meta.resolve(it)))) : import(it)); }
      catch ({ message }) { console.log(it + ': ' + message); }`;
    const args = ['--input-type=module', '-e', script];
    assert.equal(execFileSync(process.execPath, args, { cwd: packed.folder, encoding: 'utf8' }), '');
  });

  it('names only files that are in the package', () => {
    const named = [...TEXT.matchAll(/(?:…\/|node_modules\/realtime-voice\/|`)(dist\/[\w.-]+(?:\/[\w.-]+)*)/g)];
    const paths = named.map(([, path]) => path!);
    assert.ok(paths.length >= 5, paths.join());
    assert.deepEqual(
      paths.filter((path) => !packed.files.includes(path)),
      [],
    );
  });

  it('has code that a strict TypeScript accepts, in scripts of HTML too', () => {
    packed.write('own.d.ts', READERS_OWN);
    // The pages save the plugin beside their configuration of Vite.
    for (const page of ['react', 'vue', 'svelte'])
      packed.write(`docs/start/${page}.md/voice-endpoints.d.ts`, VOICE_ENDPOINTS);
    const beside = Object.entries(BUNDLED).flatMap(([document, files]) =>
      Object.entries(files).map(([name, text]) => {
        packed.write(`${document}/${name}`, text);
        return `${document}/${name}`;
      }),
    );
    const scripts = inlineScripts();
    assert.ok(scripts.length >= 2, String(scripts.length));
    const blocks = [...documentBlocks('js', 'ts', 'tsx'), ...scripts].map(({ document, language, line, text }) => {
      const path = `${document}/line-${line}.${language === 'tsx' ? 'tsx' : 'ts'}`;
      // Without an import or export it would share its names with the other blocks.
      packed.write(path, `${text}export {};\n`);
      return { document, path };
    });
    assert.ok(blocks.length >= 30, String(blocks.length));
    const pathsOf = (isBundled: boolean): string[] =>
      blocks.filter(({ document }) => document in BUNDLED === isBundled).map(({ path }) => path);
    const common = {
      jsx: 'react-jsx',
      jsxImportSource: 'react',
      types: ['node'],
      // Another test checks the declarations of the package; those of hono are not ours.
      skipLibCheck: true,
    };
    assert.deepEqual(typeErrors(packed, ['own.d.ts', ...pathsOf(false)], { ...common, ...NODENEXT }), []);
    assert.deepEqual(typeErrors(packed, ['own.d.ts', ...beside, ...pathsOf(true)], { ...common, ...BUNDLER }), []);
  });

  it('has a token endpoint that runs, and that says at once when the key is missing', () => {
    const { text } = documentBlocks('js').find((block) => block.text.startsWith('// voice-token.js'))!;
    packed.write('voice-token.js', text);
    const script = `console.log(await import('./voice-token.js').then((it) => typeof it.voiceToken, (error) => error.message))`;
    const run = (key: string): string => {
      const env = { ...process.env, OPENAI_API_KEY: key };
      const args = ['--input-type=module', '-e', script];
      return execFileSync(process.execPath, args, { cwd: packed.folder, encoding: 'utf8', env }).trim();
    };
    assert.equal(run('a-key'), 'function');
    assert.match(run(''), /apiKey is missing.*OPENAI_API_KEY/);
  });

  it('has HTML with attributes, slots and values that the element knows, and JSON that can be read', () => {
    const html = documentBlocks('html').map(({ text }) => text);
    assert.ok(html.length >= 12);
    const tags = html.flatMap((text) =>
      [...text.matchAll(/<realtime-voice([^>]*)>/g)].map(([, attributes]) => attributes!),
    );
    const wrong = tags.flatMap((tag) =>
      [...tag.matchAll(/ ([\w-]+)="([^"]*)"/g)].flatMap(([, name, value]) => {
        const known = element.attributes!.find((attribute) => attribute.name === name);
        const words = known?.type?.text.match(/(?<=')[^']+(?=')/g)?.filter((word) => word !== ' | ');
        return known && (!words || words.includes(value!)) ? [] : `${name}="${value}"`;
      }),
    );
    assert.deepEqual(wrong, []);
    const slots = html.flatMap((text) => text.match(/(?<= slot=")[^"]+/g) ?? []);
    assert.deepEqual(
      slots.filter((slot) => !element.slots!.some(({ name }) => name === slot)),
      [],
    );
    for (const text of html) for (const [, json] of text.matchAll(/json"[^>]*>([^]*?)<\/script>/g)) JSON.parse(json!);
    for (const { text } of documentBlocks('json')) JSON.parse(text);
  });

  it('has CSS with properties and parts that the element has', () => {
    const css = documentBlocks('css')
      .map(({ text }) => text)
      .join('\n');
    const properties = css.match(/--realtime-voice-[\w-]+/g)!;
    const parts = css.match(/(?<=::part\()[\w-]+/g)!;
    assert.ok(properties.length > 0 && parts.length > 0);
    const unknown = [
      ...properties.filter((property) => !element.cssProperties!.some(({ name }) => name === property)),
      ...parts.filter((part) => !element.cssParts!.some(({ name }) => name === part)),
    ];
    assert.deepEqual(unknown, []);
  });
});
