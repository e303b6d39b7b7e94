import { expect } from '@open-wc/testing';
import { ask, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

describe('below the question of a tool', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });
  const shown = async (args: unknown): Promise<string[][]> => {
    void ask(mounted, 'Pay?', args);
    await mounted.element.updateComplete;
    const texts = (name: string): string[] =>
      [...mounted.part('notice')!.querySelectorAll(name)].map(({ textContent }) => textContent!);
    return texts('dt').map((name, index) => [name, texts('dd')[index]!]);
  };

  it('are the names and values of its arguments, and the question has them in its name', async () => {
    const args = { amount: 1000, paid_by: 'card', to: { iban: 'DE00' }, tags: ['a'], now: true, note: null, empty: '' };
    expect(await shown(args)).to.deep.equal([
      ['amount', '1000'],
      ['paid by', 'card'],
      ['to iban', 'DE00'],
      ['tags 0', 'a'],
      ['now', 'true'],
      ['note', 'null'],
      ['empty', ''],
    ]);
    const named = mounted.part('notice')!.getAttribute('aria-labelledby')!;
    expect(mounted.element.shadowRoot!.getElementById(named)!.textContent).to.contain('1000');
    await expectAccessible(mounted);
  });

  it('are texts, whatever they contain, and long ones are shortened', async () => {
    const markup = '<img src=x onerror="window.ran = 1"><b>bold</b>';
    const args = {
      [markup]: markup,
      long: `${'😀'.repeat(49)}a${'😀'.repeat(100)}`,
      lines: 'a\nb',
      turned: 'a\u202eb',
    };
    expect(await shown(args)).to.deep.equal([
      [markup, markup],
      ['long', `${'😀'.repeat(49)}a…`],
      ['lines', 'a\nb'],
      ['turned', 'a\u202eb'],
    ]);
    expect(mounted.part('notice')!.querySelector('img, b')).to.equal(null);
    const [x, y] = ['dt', 'dd'].map((name) => mounted.part('notice')!.querySelector(name)!.getBoundingClientRect());
    const { right } = mounted.part('panel')!.getBoundingClientRect();
    expect(Math.max(x!.right, y!.right)).to.be.at.most(right);
  });

  for (const args of [{}, [], null, undefined]) {
    it(`is nothing more for ${JSON.stringify(args)}`, async () => {
      expect(await shown(args)).to.deep.equal([]);
      expect(mounted.part('notice')!.querySelector('dl')).to.equal(null);
    });
  }

  it('a list is shown by its numbers', async () => {
    expect(await shown(['milk'])).to.deep.equal([['0', 'milk']]);
  });

  it('a part of an argument has a row of its own, so that a long one hides no other', async () => {
    const note = 'x'.repeat(200);
    const order = { note, amount: 1000, pay_to: { iban: 'DE00' }, lines: [{ sku: 'a1' }, { sku: 'b2' }], gift: {} };
    expect(await shown({ order, late_fees: [] })).to.deep.equal([
      ['order note', `${'x'.repeat(100)}…`],
      ['order amount', '1000'],
      ['order pay to iban', 'DE00'],
      ['order lines 0 sku', 'a1'],
      ['order lines 1 sku', 'b2'],
      ['order gift', '{}'],
      ['late fees', '[]'],
    ]);
  });

  for (const [args, value] of [
    [1000, '1000'],
    ['hello', 'hello'],
    [false, 'false'],
  ] as const) {
    it(`${JSON.stringify(args)} alone is one value without a name`, async () => {
      expect(await shown(args)).to.deep.equal([['', value]]);
      await expectAccessible(mounted);
    });
  }

  it('are rows up to a limit, and the last row says that there are more', async () => {
    const rows = await shown({ amount: 1000, lines: Array.from({ length: 100_000 }, (_, index) => index) });
    expect([rows.length, rows[0], rows[49], rows[50]]).to.deep.equal([
      51,
      ['amount', '1000'],
      ['lines 48', '48'],
      ['…', '…'],
    ]);
  });

  it('are all there up to the limit', async () => {
    const rows = await shown(Array.from({ length: 50 }, (_, index) => index));
    expect([rows.length, rows.at(-1)]).to.deep.equal([50, ['49', '49']]);
  });

  it('that are nested without end are shown as far as they can be read', async () => {
    let deep: unknown = 1000;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(await shown({ deep, amount: 1000 })).to.deep.equal([
      ['deep 0 0 0 0 0 0 0 0 0', '…'],
      ['amount', '1000'],
    ]);
  });
});
