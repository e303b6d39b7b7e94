import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startFaultServer, type FaultServer } from '../support/http-faults.js';
import { postToken, saveSettings } from './wordpress/wordpress-forms.js';
import { WordPressSite } from './wordpress/wordpress-site.js';

describe('the WordPress plugin on a site with an object cache', () => {
  let service: FaultServer;
  let site: WordPressSite;
  let admin: string;
  let minute = 0;

  before(async () => {
    [service, site] = await Promise.all([startFaultServer(), WordPressSite.open({}, { objectCache: true })]);
    service.answer('/v1/realtime/client_secrets', { body: { value: 'ek_of_this_test' } });
    admin = await site.logIn('admin');
  });
  after(async () => {
    await site?.close();
    await service?.close();
  });

  async function limit(perAddress: number, perSite: number): Promise<void> {
    site.setMinute(++minute);
    const limits = { per_address: String(perAddress), per_site: String(perSite), trusted_proxies: '1' };
    const { response } = await saveSettings(site, admin, { key: 'any-key', base_url: service.url, ...limits });
    assert.equal(response.headers.get('location')?.includes('settings-updated=true'), true);
  }

  /** Sends all at the same time, by all servers, and returns how many were answered 200 and 429. */
  async function ask(addresses: readonly string[]): Promise<readonly [allowed: number, refused: number]> {
    const answers = await Promise.all(
      addresses.map((address, index) =>
        postToken(site, {
          headers: { 'x-forwarded-for': address },
          server: site.servers[index % site.servers.length],
        }),
      ),
    );
    const count = (status: number): number => answers.filter(({ response }) => response.status === status).length;
    assert.equal(count(200) + count(429), addresses.length, answers.map(({ text }) => text).join('\n'));
    return [count(200), count(429)];
  }

  const same = (count: number, address: string): string[] => Array.from({ length: count }, () => address);
  const different = (count: number, from: number): string[] =>
    Array.from({ length: count }, (_, index) => `192.0.2.${from + index}`);

  it('leaves the starts of the site to others, however often one address is refused', async () => {
    await limit(2, 8);
    assert.deepEqual(await ask(same(30, '192.0.2.1')), [2, 28]);
    assert.deepEqual(await ask(different(6, 10)), [6, 0]);
    assert.deepEqual(await ask(['192.0.2.99']), [0, 1]);
    site.setMinute(++minute);
    assert.deepEqual(await ask(['192.0.2.1', '192.0.2.99']), [2, 0]);
  });

  it('allows the whole site exactly as many starts as it should, also at the same time', async () => {
    await limit(10, 5);
    assert.deepEqual(await ask(different(15, 100)), [5, 10]);
  });

  it('counts in the cache, and no address that asks a full site fills it', async () => {
    await limit(10, 1);
    assert.deepEqual(await ask(['192.0.2.1']), [1, 0]);
    const values = (): string[] => site.run('echo implode("\\n", scandir(OBJECT_CACHE));').split('\n');
    const before = values();
    assert.deepEqual(await ask(different(6, 200)), [0, 6]);
    assert.deepEqual(values(), before);
    const stored = 'global $wpdb; echo implode(" ", $wpdb->get_col("SELECT option_name FROM $wpdb->options"));';
    assert.doesNotMatch(site.run(stored), /_transient_realtime_voice/);
    assert.equal(site.warnings, '');
  });
});
