import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceFiles, type SourceFile } from '../support/source-file.js';

/** What each layer may import. `own: false` forbids imports within its own folder. Imports point downwards only. */
const LAYERS: Readonly<Record<string, { readonly may: readonly RegExp[]; readonly own?: boolean }>> = {
  'src/index.ts': { may: [/^src\/(element|locales|session)\//, /^src\/[\w-]+\.ts$/] },
  'src/element/': {
    may: [/^src\/session\//, /^src\/locales\//, /^src\/(errors|json-text|version)\.ts$/, /^lit($|\/)/],
  },
  // A tool beside the element: it listens to the element as pages do, and the element does not know it.
  'src/inspector/': {
    may: [
      /^src\/(errors|json-text)\.ts$/,
      /^src\/(element\/realtime-voice|element\/\w+\/\w+-event|session\/events)\.ts$/,
      /^lit($|\/)/,
    ],
  },
  'src/locales/': { may: [/^src\/errors\.ts$/] },
  'src/session/': { may: [/^src\/protocol\//, /^src\/transport\//, /^src\/(errors|json-fields|json-text)\.ts$/] },
  'src/protocol/': { may: [/^src\/(errors|json-fields)\.ts$/] },
  // The files of transport do not import each other, except the small parts that two of them need.
  'src/transport/': {
    may: [/^src\/(?!index)[\w-]+\.ts$/, /^src\/transport\/(http-request|room-noise|udp-candidates)\.ts$/],
    own: false,
  },
  // It checks with the parts that a call is made of, and its panel has the colours of the element.
  'src/diagnostics/': {
    may: [
      /^src\/transport\//,
      /^src\/session\/(deadline|session-options|connection\/(client-secret|opening-steps|request-additions))\.ts$/,
      /^src\/protocol\/realtime-endpoint\.ts$/,
      /^src\/element\/theme\/theme\.styles\.ts$/,
      /^src\/(errors|version)\.ts$/,
      /^lit($|\/)/,
    ],
  },
  'src/server/': { may: [] },
  'src/server-redis/': { may: [/^src\/server\//, /^rate-limiter-flexible$/] },
  // It uses the package as pages do, and the frameworks themselves.
  'src/frameworks/': {
    may: [/^src\/(index|element\/options)\.ts$/, /^(@lit\/react|react|preact|solid-js|svelte\/elements|vue)$/],
  },
};

/** Global names of the browser. */
const BROWSER = anyOf(
  ...['window', 'self', 'document', 'navigator', 'location', 'history', 'screen', 'localStorage', 'sessionStorage'],
  ...['fetch', 'Request', 'Response', 'Headers', 'XMLHttpRequest', 'WebSocket'],
  ...['HTML\\w*', 'Element', 'Node', 'DOM\\w+', 'Event', 'CustomEvent', 'EventTarget', 'customElements', 'matchMedia'],
  ...['Media\\w+', 'Audio\\w*', 'webkitAudio\\w+', 'RTC\\w+', 'requestAnimationFrame', 'cancelAnimationFrame'],
);
/** Those that belong to transport and session only. */
const CALLS = anyOf(
  ...['RTC\\w+', 'fetch', 'XMLHttpRequest', 'WebSocket'],
  ...['AudioContext', 'OfflineAudioContext', 'webkitAudioContext', 'MediaRecorder'],
);
/** Files and folders that must work without a browser. */
const PURE = [
  'src/errors.ts',
  'src/protocol/',
  'src/session/call-outcome.ts',
  'src/session/record/begun-word.ts',
  'src/session/record/conversation.ts',
  'src/session/record/item.ts',
  'src/session/record/item-list.ts',
  'src/session/record/playback.ts',
  'src/session/record/session-state.ts',
];

/** The folders of a layer; each holds one feature. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/element': [
    ...['announcements', 'call', 'card', 'controls', 'dock', 'ending', 'meter', 'notices'],
    ...['rich-text', 'settings', 'starters', 'theme', 'transcript'],
  ],
  'src/diagnostics': ['checks', 'panel'],
  'src/session': ['connection', 'record', 'recovery', 'tools', 'turns', 'watch'],
  'demo/practice': [
    ...['answers', 'call', 'http', 'service', 'sound', 'speech', 'switchboard', 'wire', 'wire/live', 'wire/realtime'],
  ],
};

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

  it('the element uses no peer connection, no request and no audio context', () => {
    assert.deepEqual(used(under('src/element/'), CALLS), []);
  });

  it('no other layer knows the diagnostics, and their checks do not know the panel', () => {
    const knows = (files: readonly SourceFile[], path: string): string[] =>
      files.filter(({ imports }) => imports.some((each) => each.startsWith(path))).map((file) => file.path);
    const others = source.filter(({ path }) => !path.startsWith('src/diagnostics/'));
    const checks = under('src/diagnostics/').filter(({ path }) => !/\/panel\/|\/element\.ts$/.test(path));
    assert.ok(checks.length > 10, `${checks.length} files`);
    assert.deepEqual([...knows(others, 'src/diagnostics/'), ...knows(checks, 'src/diagnostics/panel/')], []);
    assert.deepEqual(knows(checks, 'lit'), []);
  });

  it('pure files use nothing of the browser', () => {
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

describe('the rooms', () => {
  for (const [layer, rooms] of Object.entries(ROOMS)) {
    it(`${layer} has the rooms that CONTRIBUTING names`, () => {
      const found = new Set(sourceFiles(layer).flatMap(({ path }) => folderBelow(layer, path) ?? []));
      assert.deepEqual([...found].sort(), [...rooms].sort());
    });

    it(`no imports between the rooms of ${layer} run in a circle`, () => {
      const room = (path: string): string => folderBelow(layer, path) ?? path;
      const arrows = sourceFiles(layer).flatMap(({ path, imports }) =>
        imports
          .filter((imported) => imported.startsWith(layer) && room(imported) !== room(path))
          .map((imported) => [room(path), room(imported)] as const),
      );
      assert.deepEqual(circles(arrows), []);
    });
  }

  it('no imports between files run in a circle', () => {
    const files = [...source, ...sourceFiles('demo/practice')];
    const arrows = files.flatMap(({ path, imports }) => imports.map((imported) => [path, imported] as const));
    assert.deepEqual(circles(arrows), []);
  });
});

function anyOf(...names: readonly string[]): RegExp {
  return new RegExp(`^(${names.join('|')})$`);
}

/** The folder of a layer that a file lies in; undefined for a file of the layer itself. */
function folderBelow(layer: string, path: string): string | undefined {
  return path.slice(layer.length + 1).match(/^(.+)\/[^/]+$/)?.[1];
}

/** The nodes that can be reached from themselves, each with its shortest circle. */
function circles(arrows: readonly (readonly [string, string])[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const wayBack = (start: string): string | undefined => {
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const to of next.get(node) ?? []) {
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, node);
        queue.push(to);
      }
    }
    if (!cameFrom.has(start)) return undefined;
    const way = [start];
    for (let node = cameFrom.get(start)!; node !== start; node = cameFrom.get(node)!) way.unshift(node);
    return [start, ...way].join(' → ');
  };
  return [...next.keys()].flatMap((start) => wayBack(start) ?? []);
}

function used(files: readonly SourceFile[], names: RegExp): string[] {
  return files.flatMap((file) =>
    [...file.names].filter((name) => names.test(name)).map((name) => `${file.path}: ${name}`),
  );
}
