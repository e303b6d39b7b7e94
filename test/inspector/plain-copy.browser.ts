import { expect } from '@open-wc/testing';
import { VoiceError } from '../../src/errors.js';
import { plainCopy } from '../../src/inspector/plain-copy.js';
import { textTree } from '../../src/inspector/text-tree.js';
import { toJson } from '../../src/json-text.js';

const SECRET = 'ek_0123456789abcdef';

describe('the copy of a detail', () => {
  it('has everything that can be read, whatever the page puts into it', () => {
    const circular: Record<string, unknown> = { big: 12n, none: undefined, nothing: null, infinite: Infinity };
    circular['self'] = circular;
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = {
      get field(): never {
        throw new Error('No.');
      },
      other: 1,
    };
    const odd = {
      circular,
      proxy,
      throwing,
      bytes: new Uint8Array(3),
      map: new Map([['a', 1]]),
      set: new Set(['b']),
      node: document.createElement('p'),
      symbol: Symbol('s'),
      method(): void {},
      ['__proto__']: { polluted: true },
    };
    expect(plainCopy(odd)).to.deep.equal({
      circular: { big: '12n', nothing: null, infinite: 'Infinity', self: '[circular]' },
      proxy: '[cannot be read]',
      throwing: { field: '[cannot be read]', other: 1 },
      bytes: '[3 bytes]',
      map: [['a', 1]],
      set: ['b'],
      node: '[p]',
      symbol: 'Symbol(s)',
      method: '[function method]',
      ['__proto__']: { polluted: true },
    });
    expect(({} as { polluted?: true }).polluted).to.equal(undefined);
  });

  it('has the code, the message and the cause of an error', () => {
    const error = new VoiceError('token-failed', 'It failed.', { cause: new TypeError('No network.') });
    const copy = plainCopy({ error }) as { error: Record<string, unknown> };
    expect(copy.error).to.include({ name: 'VoiceError', message: 'It failed.', code: 'token-failed', retriable: true });
    expect(copy.error['cause']).to.include({ name: 'TypeError', message: 'No network.' });
  });

  it('has no secret, wherever one stands', () => {
    const plain = 'a-secret-without-a-prefix';
    const copy = toJson(
      plainCopy({
        client_secret: { value: plain, expires_at: 1 },
        value: plain,
        Authorization: `Bearer ${plain}`,
        headers: { apiKey: plain, text: `Authorization: Bearer ${plain}` },
        session: { refresh_token: plain, idToken: plain, cookie: plain, 'x-api-key': plain, inputTokens: 7 },
        jwt: `Got ${'eyJhbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxIn0.c2ln`,
        more: `Got ${'eyJhbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxIn0.c2ln`,
        said: 'Basic questions cost one token.',
        text: `The key ${SECRET} is wrong, sk-proj-0123456789 too.`,
        url: `https://user:${plain}@shop.example/token?api_key=${plain}&model=m`,
        [SECRET]: [SECRET],
        error: new Error(SECRET),
        long: `${'x'.repeat(1980)} ${SECRET}`,
      }),
    );
    expect(copy).not.to.contain(SECRET).and.not.to.contain('sk-proj').and.not.to.contain(plain);
    expect(copy).not.to.match(/ek_\w|eyJ/);
    expect(copy).to.contain('"inputTokens":7').and.to.contain('Basic questions cost one token.');
    expect(copy).to.contain('"expires_at":1').and.to.contain('&model=m').and.to.contain('The key *** is wrong');
  });

  it('is bounded in width, depth and length, and says so', () => {
    const deep = [...Array(30)].reduce((inner) => ({ inner }), 'end');
    const copy = plainCopy({ long: 'x'.repeat(5000), many: [...Array(500)].map((_, index) => index), deep });
    const { long, many } = copy as { long: string; many: unknown[] };
    expect([long.length, many.length, many.at(-1)]).to.deep.equal([2001, 41, '… 460 more']);
    expect(toJson(copy)).to.contain('"[…]"').and.not.to.contain('end');
    const wide = plainCopy([...Array(40)].map(() => [...Array(40)].map(() => [1, 2, 3])));
    expect(toJson(wide).length).to.be.lessThan(20_000);
  });

  it('is drawn as a tree of lines', () => {
    const tree = textTree(plainCopy({ a: 1, b: { c: 'two', d: [true, { e: null }] }, f: [], g: {} }));
    const lines = ['a: 1', 'b:', '  c: two', '  d:', '    0: true', '    1:', '      e: null'];
    expect(tree.split('\n')).to.deep.equal([...lines, 'f: empty list', 'g: no fields']);
    expect(textTree(plainCopy(undefined))).to.equal('undefined');
  });
});
