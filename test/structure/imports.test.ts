import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceFiles, type SourceFile } from '../support/source-file.js';

/** What each layer may import beside files of its own folder. Imports point downwards only. */
const LAYERS: Readonly<Record<string, { readonly may: readonly RegExp[]; readonly own?: boolean }>> = {
  'src/index.ts': { may: [/^src\/(element|locales|session)\//, /^src\/[\w-]+\.ts$/] },
  'src/element/': { may: [/^src\/session\//, /^src\/locales\//, /^src\/errors\.ts$/, /^lit($|\/)/] },
  'src/locales/': { may: [/^src\/errors\.ts$/] },
  'src/session/': { may: [/^src\/protocol\//, /^src\/transport\//, /^src\/[\w-]+\.ts$/] },
  'src/protocol/': { may: [/^src\/(errors|field)\.ts$/] },
  // Edges never import each other.
  'src/transport/': { may: [/^src\/(?!index)[\w-]+\.ts$/], own: false },
  'src/server/': { may: [] },
};

const BROWSER =
  /^(window|self|document|navigator|location|history|screen|localStorage|sessionStorage|fetch|Request|Response|Headers|XMLHttpRequest|WebSocket|HTML\w*|Element|Node|DOM\w+|Event|CustomEvent|EventTarget|Media\w+|Audio\w*|webkitAudio\w+|RTC\w+|requestAnimationFrame|cancelAnimationFrame|customElements|matchMedia)$/;
const CALLS =
  /^(RTC\w+|fetch|XMLHttpRequest|WebSocket|AudioContext|OfflineAudioContext|webkitAudioContext|MediaRecorder)$/;
const PURE = ['src/errors.ts', 'src/protocol/', 'src/session/session-state.ts', 'src/session/transcript.ts'];

const source = sourceFiles('src');
const under = (path: string): SourceFile[] => source.filter((file) => file.path.startsWith(path));

describe('the layers', () => {
  it('src/errors.ts is the bottom and imports nothing', () => {
    assert.deepEqual(
      under('src/errors.ts').map((file) => file.imports),
      [[]],
    );
  });

  for (const [layer, { may, own = true }] of Object.entries(LAYERS)) {
    it(`${layer} imports only what lies below it`, () => {
      const files = under(layer);
      assert.notEqual(files.length, 0, `there is nothing at ${layer}`);
      const allowed = (path: string): boolean => may.some((rule) => rule.test(path)) || (own && path.startsWith(layer));
      const wrong = files.flatMap((file) =>
        file.imports.filter((path) => !allowed(path)).map((path) => `${file.path} → ${path}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it('no file of src/ lies outside the layers', () => {
    const outside = source.filter(
      ({ path }) => !/^src\/[\w-]+\.ts$/.test(path) && !Object.keys(LAYERS).some((layer) => path.startsWith(layer)),
    );
    assert.deepEqual(
      outside.map(({ path }) => path),
      [],
    );
  });

  it('the element knows no connection, no request and no audio context', () => {
    assert.deepEqual(used(under('src/element/'), CALLS), []);
  });

  it('pure files know nothing of the browser', () => {
    const files = PURE.flatMap(under);
    assert.ok(files.length >= PURE.length, 'a pure file is missing');
    assert.deepEqual(used(files, BROWSER), []);
  });

  it('the practice server imports nothing of src/', () => {
    const files = sourceFiles('demo/practice');
    assert.notEqual(files.length, 0);
    assert.deepEqual(
      files.flatMap((file) => file.imports.filter((path) => path.startsWith('src/'))),
      [],
    );
  });
});

function used(files: readonly SourceFile[], names: RegExp): string[] {
  return files.flatMap((file) =>
    [...file.names].filter((name) => names.test(name)).map((name) => `${file.path}: ${name}`),
  );
}
