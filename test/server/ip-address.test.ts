import assert from 'node:assert/strict';
import { it } from 'node:test';
import { normaliseAddress, normaliseName } from '../../src/server/ip-address.js';

const TABLE: [string, string | undefined][] = [
  ['192.0.2.1', '192.0.2.1'],
  [' 192.0.2.1 ', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['[::ffff:c000:201]:443', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
  ['[2001:db8::1]:4711', '2001:db8:0:0::/64'],
  ['"[2001:db8::1]"', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['256.0.2.1', undefined],
  ['1.2.3', undefined],
  ['0x7f.1', undefined],
  ['1::2::3', undefined],
  ['12345::1', undefined],
  ['unknown', undefined],
  ['', undefined],
  ['192.0.2.1, 192.0.2.2', undefined],
  ['evil.example/[::1]', undefined],
];
for (const [text, address] of TABLE) {
  it(`reads ${JSON.stringify(text)} as ${address ?? 'no address'}`, () => {
    assert.equal(normaliseAddress(text), address);
  });
}

it('takes a plain word that the site uses as an address, but no list', () => {
  assert.equal(normaliseName('visitor-7'), 'visitor-7');
  assert.equal(normaliseName('a, b'), undefined);
  assert.equal(normaliseName(7), undefined);
});
