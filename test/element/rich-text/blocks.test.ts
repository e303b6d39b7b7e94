import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRich } from '../../../src/element/rich-text/blocks.js';
import type { Rich } from '../../../src/element/rich-text/rich.js';

/** A text as it is read, in a short form: `strong(word)`, `a<address>(label)`. */
function read(text: string, open = false): string {
  const short = (rich: Rich): string => {
    if (typeof rich === 'string') return rich;
    const { tag, href, start, content } = rich;
    return `${tag}${href ? `<${href}>` : ''}${start ? ` ${start}` : ''}(${content.map(short).join('')})`;
  };
  return readRich(text, open).map(short).join('');
}

/** The words that are left when a text is read. */
function words(text: string): string {
  const inside = (rich: Rich): string => (typeof rich === 'string' ? rich : rich.content.map(inside).join(''));
  return readRich(text, false).map(inside).join('');
}

const links = (text: string): boolean => read(text).includes('a<');

describe('an answer is read as', () => {
  for (const [what, text, expected] of [
    ['text', 'Two are left.', 'Two are left.'],
    ['lines of one paragraph', 'One\nTwo', 'One\nTwo'],
    ['paragraphs', 'One\n\nTwo\r\n\r\nThree', 'p(One)p(Two)p(Three)'],
    ['bold words', 'We have **two** of **them**.', 'We have strong(two) of strong(them).'],
    ['an address', 'See https://shop.example/a.', 'See a<https://shop.example/a>(https://shop.example/a).'],
    [
      'an address in brackets',
      '(https://shop.example/a_(b))',
      '(a<https://shop.example/a_(b)>(https://shop.example/a_(b)))',
    ],
    [
      'an address between full-width marks',
      '見て。https://shop.example/a。',
      '見て。a<https://shop.example/a>(https://shop.example/a)。',
    ],
    ['a link with a label', 'Our [shop](https://shop.example/a_(b)).', 'Our a<https://shop.example/a_(b)>(shop).'],
    ['a link in bold', '**[Shop](https://shop.example/)**', 'strong(a<https://shop.example/>(Shop))'],
    [
      'mail and telephone',
      'mailto:a@b.example or [call](tel:+4722334455)',
      'a<mailto:a@b.example>(mailto:a@b.example) or a<tel:+4722334455>(call)',
    ],
    ['a list', 'Colours:\n- rust\n* moss\n• blue', 'p(Colours:)ul(li(rust)li(moss)li(blue))'],
    ['a numbered list with gaps', '2. Fold\n\n3) Turn\n   it round\n\nDone', 'ol 2(li(Fold)li(Turn\nit round))p(Done)'],
  ] as const) {
    it(what, () => assert.equal(read(text), expected));
  }

  for (const [text, address, after] of [
    ['https://shop.example에서', 'https://shop.example/', '에서'],
    ['https://shop.example/faqをご覧ください', 'https://shop.example/faq', 'をご覧ください'],
    ['https://shop.example/abc了解更多', 'https://shop.example/abc', '了解更多'],
    ['https://shop.example/aที่นี่', 'https://shop.example/a', 'ที่นี่'],
    ['https://shop.example/a—and', 'https://shop.example/a', '—and'],
    ['https://shop.example/a🙂', 'https://shop.example/a', '🙂'],
    ['https://shop.example/a، ثم', 'https://shop.example/a', '، ثم'],
    ['https://shop.example/a। और', 'https://shop.example/a', '। और'],
    ['mailto:a@b.example으로', 'mailto:a@b.example', '으로'],
  ] as const) {
    it(`an address that ends before ${after}, without a space`, () => {
      const shown = text.slice(0, text.length - after.length);
      for (const open of [false, true]) assert.equal(read(text, open), `a<${address}>(${shown})${after}`);
    });
  }

  for (const [address, after] of [
    ['https://www.例え.jp', ''],
    ['https://例え.jp/faq', 'をご覧ください'],
    ['https://shop.예시2.example', '에서'],
    ['https://ตัวอย่าง.example', '。'],
    ['https://www.shop.example', 'はこちら.jp'],
    ['https://www.shop.example', '。例え.jp'],
  ] as const) {
    it(`an address with its whole host before ${after || 'the end'}: ${address}`, () => {
      for (const open of after ? [false, true] : [false])
        assert.equal(read(address + after, open), `a<${new URL(address).href}>(${address})${after}`);
    });
  }

  it('an address with letters of a script with spaces, which belong to it', () => {
    for (const text of [
      'https://bücher.example/ä',
      'https://ru.wiki.example/Москва',
      'https://ar.wiki.example/مدينة',
      'https://vi.wiki.example/Hà_Nội',
      'https://ka.wiki.example/თბილისი',
    ])
      assert.equal(read(text), `a<${new URL(text).href}>(${text})`);
  });

  it('text where nothing is whole, or is no mark', () => {
    for (const text of [
      '**bold',
      '2 ** 3 ** 4',
      '[label]',
      '[label](',
      '[a] (https:',
      '-5 degrees',
      '1.5 m',
      '# Title',
      'a*b*c',
      'hotel:5',
    ])
      assert.equal(read(text), text);
  });
});

describe('while an answer arrives', () => {
  it('half a link is text until it is whole', () => {
    const whole = 'See [our shop](https://shop.example/a_(b)) or https://shop.example/c now';
    const seen = new Set<string>();
    for (let end = 1; end <= whole.length; end++)
      for (const [, address] of read(whole.slice(0, end), true).matchAll(/a<(.*?)>/g)) seen.add(address!);
    assert.deepEqual([...seen], ['https://shop.example/a_(b)', 'https://shop.example/c']);
  });

  it('its last address is a link when it is complete', () => {
    const text = '- https://shop.example/';
    assert.deepEqual([read(text, true), links(text)], ['ul(li(https://shop.example/))', true]);
  });

  it('what was read stays as it was: only the last block changes', () => {
    const before = readRich('One **two**\n\n- three\n- fo', true);
    const after = readRich('One **two**\n\n- three\n- four **fi', true);
    assert.deepEqual(before[0], after[0]);
  });
});

describe('no link leads', () => {
  for (const address of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'http://shop.example/',
    '//shop.example/',
    '/path',
    '#part',
    'https://bank.example@evil.example/',
    'https://user:password@evil.example/',
    'https://',
    'blob:https://shop.example/1',
  ]) {
    it(`to ${JSON.stringify(address)}`, () => {
      const text = `[press here](${address})`;
      const allowed = /a<(?!https:|mailto:|tel:)/;
      assert.doesNotMatch(read(text), allowed);
      assert.ok(!read(text).includes('(press here)'), read(text));
      assert.equal(words(text), text);
    });
  }

  it('elsewhere than its label says', () => {
    const evil = 'https://evil.example/';
    for (const label of ['https://bank.example', 'www.bank.example', 'bank.example/login', 'at www.bank.example now'])
      assert.equal(read(`[${label}](${evil})`), `a<${evil}>(${evil})`, label);
    for (const label of ['evil.example', 'https://evil.example/', 'the bank', 'No. 5'])
      assert.equal(read(`[${label}](${evil})`), `a<${evil}>(${label})`, label);
  });

  it('elsewhere than a label in any script says', () => {
    const evil = 'https://evil.example/';
    for (const label of ['банк.рф', 'bank.xn--p1ai/login', 'बैंक.भारत', '银行.中国', 'bank.exam\u200bple'])
      assert.equal(read(`[${label}](${evil})`), `a<${evil}>(${evil})`, label);
    for (const label of ['банк', 'Банк. Вход', '银行。登录', 'evil.exam\u00adple'])
      assert.equal(read(`[${label}](${evil})`), `a<${evil}>(${label})`, label);
    const own = new URL('https://банк.рф').href;
    assert.equal(read(`[банк.рф](${own})`), `a<${own}>(банк.рф)`);
  });

  it('under a label whose direction is turned round', () => {
    assert.equal(read('[\u202eknab\u2066 ruo](https://shop.example/)'), 'a<https://shop.example/>(knab ruo)');
    assert.equal(read('[\u202e](https://shop.example/)'), 'a<https://shop.example/>(https://shop.example/)');
    assert.equal(
      read('https://shop.example/\u202efdp.exe'),
      'a<https://shop.example/>(https://shop.example/)\u202efdp.exe',
    );
  });

  it('out of nested brackets', () => {
    assert.equal(
      read('[[a](https://a.example/)](https://b.example/)'),
      '[a<https://a.example/>(a)](a<https://b.example/>(https://b.example/))',
    );
    assert.equal(words('[a[b]c](javascript:d)'), '[a[b]c](javascript:d)');
  });
});

describe('a hostile text of a megabyte', () => {
  const million = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length));
  for (const text of [
    million('['),
    million('*'),
    million('**a'),
    million('** a'),
    million('[a]('),
    million('[a](b'),
    million('[a](b()'),
    million('[a](https://'),
    million('](https://a'),
    `**${million('a')}`,
    `**a${million(' ')}`,
    `[a](b${million('()')}`,
    `https://a${million(')')}`,
    `https://a${million('(')}${million(')')}`,
    `https://a${million('.')}x`,
    million('https://a.'),
    million('- '),
    `-${million(' ')}`,
    million('\n'),
    million('\n- a'),
    million('\n1. a\na'),
    million('tel:'),
    million('\u202e['),
  ]) {
    it(`is read in a time that grows with its length: ${JSON.stringify(text.slice(0, 12))} …`, () => {
      // Processor time, which a busy machine does not stretch.
      const msOf = (part: string): number => {
        const before = process.cpuUsage();
        readRich(part, false);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      };
      msOf(text.slice(0, 20_000));
      const quarter = Math.max(20, msOf(text.slice(0, text.length / 4)));
      const whole = msOf(text);
      // Four times the length takes about 4 times as long; 16 times if it were quadratic.
      assert.ok(whole < 10 * quarter, `${whole} ms, and ${quarter} ms for a quarter`);
    });
  }
});
