import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { Ajv } from 'ajv';
import type { CustomElementDeclaration, CustomElementField, JavaScriptModule, Package } from 'custom-elements-manifest';
import { LitElement } from 'lit';
import { PackedPackage } from '../support/packed-package.js';
import { typeErrors } from './type-errors.js';

type Element = Omit<CustomElementDeclaration, 'members'> & { readonly members: readonly Member[] };
/** A field, or a method, which has a result instead of a type. */
type Member = Omit<CustomElementField, 'kind'> & {
  readonly kind: string;
  readonly return?: { readonly type?: object };
};

const schema = createRequire(import.meta.url)('custom-elements-manifest/schema.json') as object;

describe('custom-elements.json', () => {
  let packed: PackedPackage;
  let manifest: Package;
  let element: Element;
  /** That of the diagnostics. */
  let panel: Element;
  before(() => {
    packed = new PackedPackage();
    manifest = JSON.parse(readFileSync(packed.path('node_modules/realtime-voice/dist/custom-elements.json'), 'utf8'));
    const declarations = manifest.modules.flatMap((module: JavaScriptModule) => module.declarations ?? []);
    assert.deepEqual(
      declarations.map(({ name }) => name),
      ['RealtimeVoiceElement', 'RealtimeVoiceDiagnosticsElement'],
    );
    [element, panel] = declarations as unknown as [Element, Element];
  });
  after(() => packed.remove());

  const field = (name: string): Member => element.members.find((member) => member.name === name)!;

  it('is what the published schema asks for', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.validate(schema, manifest);
    assert.deepEqual(ajv.errors ?? [], []);
  });

  it('names the tag, and files that are in the package', () => {
    assert.equal(element.tagName, 'realtime-voice');
    const named = JSON.stringify(manifest).match(/(?<="(?:path|module)":")[^"]+/g)!;
    assert.deepEqual(
      named.filter((path) => !packed.files.includes(path)),
      [],
    );
    assert.deepEqual(element.superclass, { name: 'LitElement', package: 'lit' });
  });

  it('describes the panel of the diagnostics as it is, and editors offer both tags', () => {
    assert.equal(panel.tagName, 'realtime-voice-diagnostics');
    const attributes = panel.attributes!.map(({ name }) => name);
    assert.deepEqual(attributes, ['token-url', 'calls-url', 'session-url', 'token-method', 'credentials']);
    const source = readFileSync('src/diagnostics/panel/diagnostics-panel.ts', 'utf8');
    const drawn = source + readFileSync('src/diagnostics/panel/check-list.ts', 'utf8');
    const parts = [...drawn.matchAll(/\bpart="([\w-]+)"/g)].map(([, part]) => part);
    assert.deepEqual(panel.cssParts!.map(({ name }) => name).sort(), [...new Set(parts)].sort());
    const others = panel.members.map(({ name }) => name).slice(attributes.length);
    assert.deepEqual(others, ['strings', 'requestInit', 'tokenSource', 'iceServers', 'report', 'start', 'stop']);
    for (const file of ['vscode.html-custom-data.json', 'web-types.json']) {
      const text = readFileSync(packed.path('node_modules/realtime-voice/dist', file), 'utf8');
      for (const { tagName } of [element, panel])
        assert.ok(text.includes(`"name": "${tagName}"`), `${file}: ${tagName}`);
    }
  });

  it('has no member of Lit and nothing that is internal', () => {
    const inherited = new Set(['properties', 'styles', ...Object.getOwnPropertyNames(LitElement)]);
    for (let proto: object = LitElement.prototype; proto !== Object.prototype; proto = Object.getPrototypeOf(proto))
      for (const name of Object.getOwnPropertyNames(proto)) inherited.add(name);
    assert.ok(inherited.has('requestUpdate') && inherited.has('connectedCallback'));
    assert.deepEqual(
      element.members.filter(
        ({ name, privacy }) => inherited.has(name) || name.startsWith('_') || privacy === 'private',
      ),
      [],
    );
    assert.doesNotMatch(JSON.stringify(manifest), /@internal|visitor(Opens|Presses|Leaves|Mutes)/);
  });

  it('has every attribute, with the words that it can have and its default', () => {
    const attribute = (name: string): object => {
      const { type, default: initial } = element.attributes!.find((it) => it.name === name)!;
      return { type: type!.text, initial };
    };
    assert.deepEqual(attribute('placement'), {
      type: "'bottom-end' | 'bottom-start' | 'top-end' | 'top-start'",
      initial: "'bottom-end'",
    });
    assert.deepEqual(attribute('theme'), {
      type: "'plain' | 'soft' | 'contrast' | 'glass' | undefined",
      initial: undefined,
    });
    assert.deepEqual(attribute('variant'), { type: "'inline' | 'compact' | 'floating'", initial: "'inline'" });
    assert.deepEqual(attribute('credentials'), {
      type: "'same-origin' | 'include' | 'omit'",
      initial: "'same-origin'",
    });
    assert.deepEqual(attribute('idle-timeout'), { type: 'number', initial: '180' });
    assert.deepEqual(attribute('muted'), { type: 'boolean', initial: 'false' });
    assert.deepEqual(attribute('state'), { type: 'VoiceState', initial: "'idle'" });
    assert.deepEqual(attribute('dir'), { type: "'ltr' | 'rtl' | 'auto'", initial: undefined });
    assert.deepEqual(attribute('lang'), { type: 'string', initial: undefined });
    const untyped = element.attributes!.filter(({ type, description }) => !type?.text || !description);
    assert.deepEqual(untyped, []);
  });

  it('says which attributes the element writes', () => {
    const reflected = element.members.filter(({ reflects }) => reflects).map(({ name }) => name);
    assert.deepEqual(
      reflected.sort(),
      [
        ...[
          'collectFeedback',
          'disabled',
          'greet',
          'muted',
          'noExport',
          'noReconnect',
          'noSettings',
          'noTextInput',
          'noTranscript',
        ],
        ...['open', 'preconnect', 'pushToTalk', 'state', 'theme'],
      ].sort(),
    );
    assert.equal(field('state').readonly, true);
  });

  it('has a sentence for every member, and a type for every field and every result', () => {
    const poor = [...element.members, ...panel.members].filter(
      ({ kind, type, description, return: result }) => !description || !(kind === 'field' ? type : result?.type),
    );
    assert.deepEqual(poor, []);
  });

  it('has every slot that is drawn, with a sentence, and the two that hold JSON', () => {
    const sources = readdirSync('src/element', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const drawn = sources.flatMap((name) => [
      ...readFileSync(`src/element/${name}`, 'utf8').matchAll(/<slot\s+name="([\w-]+)"/g),
    ]);
    const names = [...new Set(drawn.map(([, name]) => name)), 'starters', 'tools'];
    assert.ok(names.includes('sign-in'));
    assert.deepEqual(element.slots!.map(({ name }) => name).sort(), names.sort());
    assert.deepEqual(
      element.slots!.filter(({ description }) => !description),
      [],
    );
  });

  it('uses only names of types that the package exports or the language and the browser have', () => {
    const parts = [...element.attributes!, ...element.members, ...element.events!] as unknown[];
    const texts = JSON.stringify(parts).match(/(?<="type":\{"text":")(?:[^"\\]|\\.)*/g)!;
    const uses = texts.map((text, index) => `export type Use${index} = ${JSON.parse(`"${text}"`)};`);
    const names = new Set(texts.join(' ').match(/\b(?:[A-Z]\w+|registerLocale)\b/g)!);
    const global = ['MediaTrackConstraints', 'POST', 'GET', 'Promise', 'RTCIceServer', 'Record'];
    const imported = [...names].filter((name) => !global.includes(name));
    assert.ok(imported.includes('TranscriptFormat') && imported.includes('VoiceStartEvent'), imported.join());
    packed.write('types.ts', `import { ${imported.join(', ')} } from 'realtime-voice';\n${uses.join('\n')}`);
    assert.deepEqual(typeErrors(packed, ['types.ts']), []);
  });
});
