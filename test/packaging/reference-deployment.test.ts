import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import typescript from 'typescript';
import { parse } from 'yaml';

const FOLDER = 'demo/reference';
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Compose {
  services: Record<'web' | 'redis', Service>;
  volumes: Record<string, unknown>;
}
interface Service {
  build: { context: string; dockerfile: string };
  environment: Record<string, string>;
  ports: string[];
  volumes: string[];
  command: string;
}

describe('compose.yaml of the reference server', () => {
  const { services, volumes } = parse(read('compose.yaml')) as Compose;
  const { web, redis } = services;

  it('sets only variables that the settings read', () => {
    const settings = read('settings.js');
    const unknown = Object.keys(web.environment).filter(
      (name) => !settings.includes(`env.${name}`) && !settings.includes(`('${name}'`),
    );
    assert.deepEqual(unknown, []);
    assert.ok(web.environment['PUBLIC_ORIGIN']);
    assert.equal(new URL(web.environment['REDIS_URL']!).hostname, 'redis');
  });

  it('maps the port of the container, and builds from files that exist', () => {
    const port = /^EXPOSE (\d+)$/m.exec(read('Containerfile'))![1];
    assert.deepEqual(
      web.ports.map((mapping) => mapping.split(':').at(-1)),
      [port],
    );
    const context = join(FOLDER, web.build.context);
    assert.ok(existsSync(join(context, 'package.json')));
    assert.ok(existsSync(join(context, web.build.dockerfile)));
  });

  it('keeps the data of Redis', () => {
    assert.match(redis.command, /--save \d+ \d+/);
    const [[volume, path]] = redis.volumes.map((one) => one.split(':')) as [[string, string]];
    assert.ok(volume in volumes);
    assert.equal(path, '/data');
  });
});

it('wrangler.jsonc names a Worker that exists, reads the secret of its comment, and has no limiter', () => {
  const text = read('edge/wrangler.jsonc');
  const { config, error } = typescript.parseConfigFileTextToJson('wrangler.jsonc', text);
  assert.equal(error, undefined);
  const { main, compatibility_date: date } = config as { main: string; compatibility_date: string };
  const worker = readFileSync(join(FOLDER, 'edge', main), 'utf8');
  assert.match(date, /^\d{4}-\d\d-\d\d$/);
  assert.ok(Date.parse(date) <= Date.now());
  const secret = /secret put (\w+)/.exec(text)![1]!;
  assert.ok(worker.includes(secret));
  assert.equal(/No limit is shared/.test(text), !/limiter/.test(worker));
});
