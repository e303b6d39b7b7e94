import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startChart, startReport } from './start-report.js';

const CONTENDERS = [
  { name: 'plain', title: 'plain page' },
  { name: 'ideal', title: 'ideal page' },
  { name: 'mine', title: 'this element', ours: true },
];
const FIRST = { plain: [900, 1000, 1100], ideal: [400, 500, 600], mine: [500, 510, 520] };

describe('the report on the start', () => {
  it('gives the median, the quartiles and the ratio to the first contender', () => {
    const report = startReport(CONTENDERS, [FIRST]);
    assert.match(report, /\| plain page \| 1000 ms \| 950–1050 \| 1\.00 \|/);
    assert.match(report, /\| ideal page \| 500 ms \| 450–550 \| 0\.50 \|/);
    assert.match(report, /\| \*\*this element\*\* \| 510 ms \| 505–515 \| 0\.51 \|/);
  });

  it('leaves out what was not measured', () => {
    assert.doesNotMatch(startReport(CONTENDERS, [{ ...FIRST, ideal: [] }]), /ideal/);
  });

  it('names everything that the element is behind, and nothing else', () => {
    assert.match(startReport(CONTENDERS, [FIRST]), /not ahead:\n\n- this element: 10 ms behind, .* ideal page\.$/);
    assert.match(startReport(CONTENDERS, [{ ...FIRST, mine: [499] }]), /nowhere/);
    assert.match(startReport(CONTENDERS, [FIRST, { ...FIRST, mine: [450] }]), /10 ms behind and 50 ms ahead/);
  });

  it('says whether two runs agree', () => {
    // Everything is twice as slow on a busy machine, which leaves the ratios alone.
    const slow = { plain: [2000], ideal: [1000], mine: [1020] };
    assert.match(startReport(CONTENDERS, [FIRST, slow]), /at most 0 %: within 10 %/);
    const other = { ...FIRST, mine: [612] };
    assert.match(startReport(CONTENDERS, [FIRST, other]), /at most 20 %: \*\*not\*\* within 10 %/);
    assert.doesNotMatch(startReport(CONTENDERS, [FIRST]), /differ/);
    const quick = startReport(CONTENDERS, [
      { ...FIRST, mine: [30] },
      { ...FIRST, mine: [38] },
    ]);
    assert.match(quick, /at most 0 %: within 10 %\. Left out .* less than a frame: this element \(8 ms\)\./);
  });
});

it('draws each contender with its ratio', () => {
  const svg = startChart('Start', CONTENDERS, FIRST);
  assert.equal(svg.match(/<rect/g)!.length, 3);
  assert.match(svg, />510 ms \(0\.51\)</);
});
