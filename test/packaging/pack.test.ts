import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PackedPackage } from '../support/packed-package.js';

const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'realtime-voice': ['RealtimeVoiceElement', 'VoiceSession', 'VoiceError', 'VoiceStartEvent'],
  'realtime-voice/element': ['RealtimeVoiceElement'],
  'realtime-voice/session': ['VoiceSession', 'VoiceError', 'VoiceEndEvent'],
  'realtime-voice/server': ['createTokenHandler', 'createSessionHandler'],
  'realtime-voice/locales/en': [],
};

const CONSUMER = `
import { VoiceError, type RealtimeVoiceElement } from 'realtime-voice';
import { VoiceSession } from 'realtime-voice/session';
import { createTokenHandler } from 'realtime-voice/server';
import 'realtime-voice/element';
import 'realtime-voice/locales/en';

const element: RealtimeVoiceElement = document.createElement('realtime-voice');
element.tokenUrl = '/api/voice-token';
element.addEventListener('voice-error', (event) => {
  const error: VoiceError = event.detail.error;
  const code: 'microphone-denied' | string = error.code;
  console.log(code);
});
// @ts-expect-error The event has no such detail.
element.addEventListener('voice-error', (event) => event.detail.nonsense);
void element.start();
new VoiceSession({ tokenUrl: '/api/voice-token' }).stop();
const handler: (request: Request) => Promise<Response> = createTokenHandler({ apiKey: 'key', session: {} });
void handler;
`;

const ATTRIBUTES = [
  'token-url',
  'token-method',
  'calls-url',
  'session-url',
  'label',
  'greet',
  'push-to-talk',
  'muted',
  'disabled',
];

const STRICT = { noEmit: true, strict: true, target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], types: [] };

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
    const wanted = new Set(named.map((path: string) => path.replace('./', '').replace('*', 'en')));
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

  it('describes the element and its members in custom-elements.json', () => {
    const manifest = JSON.parse(
      readFileSync(packed.path('node_modules/realtime-voice/dist/custom-elements.json'), 'utf8'),
    );
    const classes = manifest.modules.flatMap(
      (module: { declarations: { name: string; attributes?: { name: string }[] }[] }) => module.declarations,
    );
    const element = classes.find(({ name }: { name: string }) => name === 'RealtimeVoiceElement');
    const attributes = element.attributes.map(({ name }: { name: string }) => name);
    assert.deepEqual(
      ATTRIBUTES.filter((name) => !attributes.includes(name)),
      [],
    );
    assert.doesNotMatch(JSON.stringify(manifest), /"\/?src\//);
    assert.ok(
      manifest.modules.every(({ path }: { path: string }) => packed.files.includes(path)),
      'it names files that are not packed',
    );
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

  it('has a source map with the compiled modules beside the drop-in file', () => {
    const path = packed.path('node_modules/realtime-voice/dist/realtime-voice.min.js.map');
    const { sources, sourcesContent } = JSON.parse(readFileSync(path, 'utf8')) as SourceMap;
    assert.ok(sources.includes('element/realtime-voice.js'));
    assert.equal(sourcesContent.length, sources.length);
    assert.ok(sourcesContent.every((content) => content.length > 0));
  });

  for (const [resolution, module] of [
    ['bundler', 'esnext'],
    ['node16', 'node16'],
  ] as const) {
    it(`its types resolve and check with moduleResolution ${resolution}`, () => {
      packed.write('consumer.ts', CONSUMER);
      const compilerOptions = { ...STRICT, module, moduleResolution: resolution };
      packed.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      run([resolve('node_modules/typescript/bin/tsc'), '--pretty', 'false'], packed.folder);
    });
  }
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
}

function run(args: readonly string[], cwd: string): void {
  try {
    execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    assert.fail(`${stdout}${stderr}`);
  }
}
