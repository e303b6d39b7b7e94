import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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

  it('holds every file its package.json names, and no tests or sources', () => {
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

function run(args: readonly string[], cwd: string): void {
  try {
    execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    assert.fail(`${stdout}${stderr}`);
  }
}
