import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PackedPackage } from '../support/packed-package.js';
import { BUNDLER, NODENEXT, typeErrors } from './type-errors.js';

const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'realtime-voice': ['RealtimeVoiceElement', 'VoiceSession', 'VoiceError', 'VoiceStartEvent'],
  'realtime-voice/element': ['RealtimeVoiceElement'],
  'realtime-voice/session': ['VoiceSession', 'VoiceError', 'VoiceEndEvent'],
  'realtime-voice/diagnostics': ['checkEnvironment', 'reportText'],
  'realtime-voice/diagnostics/element': ['RealtimeVoiceDiagnosticsElement'],
  'realtime-voice/inspector': ['openInspector', 'RealtimeVoiceInspectorElement'],
  'realtime-voice/rich-text': [],
  'realtime-voice/dist/rich-text.min.js': [],
  'realtime-voice/server': [
    'createTokenHandler',
    'createSessionHandler',
    'createDailyBudget',
    'createCallGuard',
    'createGuardHandler',
  ],
  'realtime-voice/server/redis': ['createRedisLimiter', 'createRedisBudgetStore', 'createRedisClaims'],
  'realtime-voice/locales/de': [],
  'realtime-voice/locales/de.js': [],
  'realtime-voice/locales/de.min.js': [],
};

const CONSUMER = `
import { VoiceError, type Placement, type RealtimeVoiceElement, type TranscriptFormat, type Variant } from 'realtime-voice';
import { openInspector, type RealtimeVoiceInspectorElement } from 'realtime-voice/inspector';
import { openInspector as open } from 'realtime-voice/dist/inspector.min.js';
import { VoiceSession } from 'realtime-voice/session';
import { createTokenHandler } from 'realtime-voice/server';
import { checkEnvironment, reportText, type CheckCode, type EnvironmentReport } from 'realtime-voice/diagnostics';
import type { DiagnosticsStringsPatch } from 'realtime-voice/diagnostics/element';
import 'realtime-voice/element';
import 'realtime-voice/rich-text';
import 'realtime-voice/dist/rich-text.min.js';
import 'realtime-voice/locales/de';
import 'realtime-voice/locales/de.js';
import 'realtime-voice/locales/de.min.js';

declare const process: { env: Record<string, string | undefined> };
const element: RealtimeVoiceElement = document.createElement('realtime-voice');
element.tokenUrl = '/api/voice-token';
const place: Placement = 'top-start';
const shape: Variant = 'floating';
const format: TranscriptFormat = 'json';
Object.assign(element, { placement: place, variant: shape }).exportTranscript(format);
// @ts-expect-error There is no such place.
element.placement = 'middle';
element.addEventListener('voice-error', (event) => {
  const error: VoiceError = event.detail.error;
  const code: 'microphone-denied' | string = error.code;
  console.log(code);
});
// @ts-expect-error The event has no such detail.
element.addEventListener('voice-error', (event) => event.detail.nonsense);
void element.start();
const panel = document.createElement('realtime-voice-diagnostics');
const words: DiagnosticsStringsPatch = { start: 'Los', messages: { 'microphone:microphone-busy': 'Belegt.' } };
panel.strings = words;
const report: EnvironmentReport = await checkEnvironment({ tokenUrl: '/api/voice-token', microphone: true });
const found: CheckCode | undefined = report.first?.code;
console.log(reportText(report), found === 'no-cors');
// @ts-expect-error There is no such check.
panel.strings = { checks: { weather: 'Weather' } };
const inspector: RealtimeVoiceInspectorElement = openInspector(element);
// @ts-expect-error It takes an element.
open('realtime-voice');
inspector.close();
new VoiceSession({ tokenUrl: '/api/voice-token' }).stop();
const handler: (request: Request) => Promise<Response> = createTokenHandler({ apiKey: process.env.KEY, session: {} });
void handler;
`;

describe('the package as npm packs it', () => {
  let packed: PackedPackage;
  before(() => void (packed = new PackedPackage()));
  after(() => packed.remove());

  it('contains every file that its package.json names, and no tests or sources', () => {
    const { exports, main, types, unpkg, customElements } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [
      main,
      types,
      unpkg,
      customElements,
      ...Object.values(exports).flatMap((it) => (typeof it === 'string' ? it : Object.values(it as object))),
    ];
    const wanted = new Set(named.map((path: string) => path.replace('./', '').replace('*', 'de')));
    assert.deepEqual(
      [...wanted].filter((path) => !packed.files.includes(path)),
      [],
    );
    const extra = packed.files.filter((path) => !/^(dist\/|package\.json$|README|LICENSE|CHANGELOG)/.test(path));
    assert.deepEqual(extra, []);
  });

  for (const [entry, names] of Object.entries(ENTRIES)) {
    it(`${entry} imports in plain Node`, () => {
      const script = `const it = await import('${entry}'); console.log(JSON.stringify(Object.keys(it)));`;
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: packed.folder,
        encoding: 'utf8',
      });
      const exported = JSON.parse(output) as string[];
      assert.deepEqual(
        names.filter((name) => !exported.includes(name)),
        [],
      );
    });
  }

  it('needs no optional package, except the entry for Redis', () => {
    const links = ['rate-limiter-flexible', 'react'].map((name) => packed.path('node_modules', name));
    for (const link of links) rmSync(link, { recursive: true, force: true });
    try {
      for (const entry of Object.keys(ENTRIES)) {
        const run = () =>
          execFileSync(process.execPath, ['--input-type=module', '-e', `await import('${entry}')`], {
            cwd: packed.folder,
            stdio: 'pipe',
          });
        if (entry === 'realtime-voice/server/redis') assert.throws(run, /rate-limiter-flexible/);
        else run();
      }
    } finally {
      packed.link('rate-limiter-flexible');
    }
  });

  it('has a source map with the sources for every module', () => {
    const read = (path: string): string => readFileSync(packed.path('node_modules/realtime-voice', path), 'utf8');
    const modules = packed.files.filter((path) => /^dist\/.*(?<!\.min)\.js$/.test(path));
    assert.ok(modules.length > 50, `${modules.length} modules`);
    for (const path of modules) {
      assert.equal(/^\/\/# sourceMappingURL=(.*)$/m.exec(read(path))?.[1], `${basename(path)}.map`, path);
      const { sources, sourcesContent } = JSON.parse(read(`${path}.map`)) as SourceMap;
      const source = path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts');
      assert.deepEqual(sources, [relative(dirname(path), source)]);
      assert.deepEqual(sourcesContent, [readFileSync(source, 'utf8')]);
    }
  });

  for (const [file, module] of [
    ['realtime-voice', 'element/realtime-voice.js'],
    ['diagnostics', 'diagnostics/panel/diagnostics-panel.js'],
  ] as const) {
    it(`has a source map with the compiled modules beside ${file}.min.js`, () => {
      const path = packed.path(`node_modules/realtime-voice/dist/${file}.min.js.map`);
      const { sources, sourcesContent } = JSON.parse(readFileSync(path, 'utf8')) as SourceMap;
      assert.ok(sources.includes(module));
      assert.equal(sourcesContent.length, sources.length);
      assert.ok(sourcesContent.every((content) => content.length > 0));
    });
  }

  it('has diagnostics without Lit and without the element, for pages that show the results themselves', () => {
    const files = new Set<string>();
    const read = (path: string): void => {
      if (files.has(path)) return;
      files.add(path);
      const text = readFileSync(packed.path('node_modules/realtime-voice/dist', path), 'utf8');
      for (const [, name] of text.matchAll(/^(?:import|export)[^'"]*?['"]([^'"]+)['"]/gm))
        if (name!.startsWith('.')) read(join(dirname(path), name!));
        else files.add(name!);
    };
    read('diagnostics/index.js');
    assert.ok(files.has('transport/signaling.js'), [...files].join());
    assert.deepEqual(
      [...files].filter((path) => /^lit|^element|\/panel\/|^session\/(index|voice-session)/.test(path)),
      [],
    );
  });

  for (const [resolution, options] of [
    ['bundler', BUNDLER],
    ['nodenext', NODENEXT],
  ] as const) {
    it(`its types resolve and check with moduleResolution ${resolution}`, () => {
      packed.write('consumer.ts', CONSUMER);
      assert.deepEqual(typeErrors(packed, ['consumer.ts'], options), []);
    });
  }

  it('knows its version, which is the first of CHANGELOG.md', () => {
    const script = "console.log((await import('realtime-voice')).RealtimeVoiceElement.version)";
    const args = ['--input-type=module', '-e', script];
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.equal(execFileSync(process.execPath, args, { cwd: packed.folder, encoding: 'utf8' }).trim(), version);
    assert.equal(/^## \[(.*?)\]/m.exec(readFileSync('CHANGELOG.md', 'utf8'))![1], version);
  });
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
}
