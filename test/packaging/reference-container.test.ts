import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { killChild, startChild } from '../support/child-process.js';
import { freePort } from '../support/free-port.js';
import { PackedPackage } from '../support/packed-package.js';

const FOLDER = 'demo/reference';
/** `nobody`, in place of the image's `node`. */
const SOMEBODY_ELSE = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The instructions of the last stage, as `[name, rest]`. */
const INSTRUCTIONS = readFileSync(`${FOLDER}/Containerfile`, 'utf8')
  .replaceAll('\\\n', ' ')
  .split(/^FROM /m)
  .at(-1)!
  .split('\n')
  .flatMap((line) => /^([A-Z]+) +(.+)$/.exec(line)?.slice(1) ?? [])
  .reduce<[string, string][]>(
    (pairs, text, index, all) => (index % 2 ? pairs : [...pairs, [text, all[index + 1]!]]),
    [],
  );
const texts = (wanted: string): string[] => INSTRUCTIONS.flatMap(([name, text]) => (name === wanted ? [text] : []));
const commandIn = (text: string): string[] => JSON.parse(/\[.+\]$/.exec(text)![0]) as string[];

interface Manifest {
  readonly version: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, Manifest>>;
}
const read = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;
const manifest = read<Manifest>(`${FOLDER}/container/package.json`);

describe('the container of the reference server, without an engine', () => {
  let app: PackedPackage;
  before(() => {
    app = new PackedPackage();
    // What `npm install` does in the image, from the packages that are installed here.
    for (const name of withDependencies(Object.keys(manifest.dependencies!)))
      if (!existsSync(app.path('node_modules', name)))
        cpSync(join('node_modules', name), app.path('node_modules', name), { recursive: true });
    chmodSync(app.folder, 0o755);
  });
  after(() => app.remove());

  it('installs the packages that the server imports, and no others', () => {
    const sources = readdirSync(FOLDER).filter((file) => file.endsWith('.js'));
    const imported = sources.flatMap((file) =>
      [...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/ from '([^'./][^']*)'/g)].map(([, name]) =>
        packageOf(name!),
      ),
    );
    const needed = [...new Set(imported)].filter((name) => !/^(node:|realtime-voice$)/.test(name));
    // realtime-voice/server/redis imports it.
    assert.deepEqual(Object.keys(manifest.dependencies!), [...needed, 'rate-limiter-flexible'].sort());
  });

  it('installs exactly the files that the tests here run with', () => {
    const { '': root, ...locked } = read<Lock>(`${FOLDER}/container/package-lock.json`).packages;
    assert.deepEqual(root!.dependencies, manifest.dependencies);
    const { packages: tested } = read<Lock>('package-lock.json');
    const places = [...withDependencies(Object.keys(manifest.dependencies!))].map((name) => `node_modules/${name}`);
    assert.deepEqual(Object.keys(locked).sort(), places.sort());
    for (const [place, { version, integrity }] of Object.entries(locked)) {
      assert.ok(integrity, place);
      assert.deepEqual([version, integrity], [tested[place]?.version, tested[place]?.integrity], place);
    }
    for (const [name, version] of Object.entries(manifest.dependencies!))
      assert.equal(version, locked[`node_modules/${name}`]!.version, name);
  });

  it('starts as a user who may write nothing, is healthy at any port, and stops on SIGTERM', async () => {
    assert.deepEqual(texts('USER'), ['node']);
    const copied = texts('COPY').find((text) => text.includes('*.js'));
    assert.equal(copied, 'demo/reference/*.js ./');
    for (const file of readdirSync(FOLDER))
      if (file.endsWith('.js')) cpSync(join(FOLDER, file), app.path(basename(file)));

    const settings = Object.fromEntries(texts('ENV').flatMap((text) => text.split(' ').map((pair) => pair.split('='))));
    assert.equal(settings.PORT, texts('EXPOSE')[0]);
    const { PATH } = process.env;
    const env = { PATH, ...settings, OPENAI_API_KEY: 'any', PORT: String(await freePort()) };
    const options = { cwd: app.folder, env, ...SOMEBODY_ELSE };
    const [program, ...args] = commandIn(texts('CMD')[0]!);
    const child = startChild(program!, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      let output = '';
      child.stderr!.on('data', (chunk: Buffer) => (output += String(chunk)));
      const [line] = (await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])) as [unknown];
      assert.match(String(line), /^http:\/\/0\.0\.0\.0:\d+/, output);
      child.stdout!.resume();

      const [check, ...checkArgs] = commandIn(texts('HEALTHCHECK')[0]!);
      const healthy = (): number | null => spawnSync(check!, checkArgs, options).status;
      assert.equal(healthy(), 0);
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await exit, [0, null]);
      assert.equal(healthy(), 1);
      // Without Redis, login and captcha.
      assert.match(output, /^createSessionHandler: anybody may start calls[^\n]*\n$/);
    } finally {
      killChild(child);
    }
  });
});

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** These packages, and all that they need. */
function withDependencies(names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names.filter((name) => !found.has(name))) {
    found.add(name);
    withDependencies(Object.keys(read<Manifest>(`node_modules/${name}/package.json`).dependencies ?? {}), found);
  }
  return found;
}
