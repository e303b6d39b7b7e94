import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

/** Paths and hosts that exist on one machine only. */
const LOCAL = [
  { what: 'a path of one machine', pattern: /(?<![\w.~:/-])\/(?:work|root|Users\/\w+|home\/(?!node\b)\w+)\/\w/ },
  { what: 'a registry host', pattern: /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio|jfrog)[\w.-]*/i },
  { what: 'a resolved address of a package', pattern: /"resolved": "https?:/ },
];
const SECRET = /\bsk-(?!ant-?$)(?:proj-)?[A-Za-z0-9_-]{32,}/;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path && existsSync(path) && !/\.(png|jpe?g|gif|webp|ico|wav|opus|ogg|mp3|woff2?)$/.test(path));

it('names no path or host of one machine', () => {
  assert.notEqual(tracked.length, 0);
  const found = tracked.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        LOCAL.filter(({ pattern }) => pattern.test(line)).map(({ what }) => `${path}:${index + 1}: ${what}`),
      ),
  );
  assert.deepEqual(found, []);
});

it('holds no conflict that a merge has left', () => {
  assert.deepEqual(
    tracked.filter((path) => /^(<{7}|>{7}) /m.test(readFileSync(path, 'utf8'))),
    [],
  );
});

it('holds no secret key', () => {
  assert.deepEqual(
    tracked.filter((path) => SECRET.test(readFileSync(path, 'utf8'))),
    [],
  );
});

it('has nothing at the top level but the known files and folders', () => {
  const known = [
    ...['src', 'test', 'demo', 'dist', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
    ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE', 'rollup.config.mjs'],
    ...['docs', 'eslint.config.mjs', 'web-test-runner.config.mjs', 'custom-elements-manifest.config.mjs'],
  ];
  const top = new Set(tracked.map((path) => path.split('/')[0]!));
  assert.deepEqual(
    [...top].filter((name) => !name.startsWith('.') && !known.includes(name)),
    [],
  );
});
