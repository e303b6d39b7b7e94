import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readStarters } from '../../../src/element/starters/starter.js';

const FORM = 'Each is a text, or { label, text } with two texts.';

describe('starters', () => {
  it('are texts, or labels with a text', () => {
    assert.deepEqual(readStarters([' Rust? ', { label: 'Opening hours', text: 'When are you open?' }], 'It'), {
      starters: [
        { label: 'Rust?', text: 'Rust?' },
        { label: 'Opening hours', text: 'When are you open?' },
      ],
      mistake: undefined,
    });
  });

  it('that are no list are none, and one sentence says what is right', () => {
    for (const value of [{}, 'Rust?', 5, null, undefined, true])
      assert.deepEqual(readStarters(value, 'It'), { starters: [], mistake: `It is no list. ${FORM}` });
  });

  it('that cannot be used are left out and named, and the others stay', () => {
    const wrong = [null, 5, ' ', {}, { label: 'Rust' }, { label: '', text: 'Rust?' }, { label: 'Rust', text: 7 }, []];
    for (const value of wrong) {
      const { starters, mistake } = readStarters(['First', value, 'Last'], 'It');
      assert.deepEqual(
        starters.map(({ label }) => label),
        ['First', 'Last'],
      );
      assert.equal(mistake, `It: number 2 cannot be used and is left out. ${FORM}`);
    }
  });

  it('are four at most', () => {
    const { starters, mistake } = readStarters(['1', '2', '3', '4', '5'], 'It');
    assert.deepEqual([starters.length, mistake], [4, 'It has 5 entries. Only 4 are shown.']);
  });

  it('have a label that fits on the card, and say everything', () => {
    const [starter] = readStarters(['x'.repeat(300)], 'It').starters;
    assert.deepEqual([starter!.label.length, starter!.text.length], [101, 300]);
  });
});
