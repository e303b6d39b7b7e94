import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { table, withPart } from './results.js';

describe('a part of the results', () => {
  const document = withPart(withPart('# Results\n', 'one', 'first'), 'two', 'second');

  it('is added at the end', () => {
    assert.match(document, /^# Results\n\n<!-- one -->\n\nfirst\n\n<!-- end of one -->\n\n<!-- two -->/);
  });

  it('replaces its earlier text only', () => {
    assert.equal(withPart(document, 'one', 'changed'), document.replace('first', 'changed'));
    assert.equal(withPart(document, 'two', 'changed'), document.replace('second', 'changed'));
  });

  it('is written as it is, whatever it contains', () => {
    assert.ok(withPart(document, 'one', "$& $1 $' `$`").includes("$& $1 $' `$`"));
  });

  it('leaves what was written by hand', () => {
    const byHand = document.replace('<!-- two -->', 'By hand.\n\n<!-- two -->');
    assert.match(withPart(byHand, 'two', 'changed'), /By hand\./);
  });

  it('is refused if a marker is missing', () => {
    assert.throws(() => withPart(document.replace('<!-- end of one -->', ''), 'one', 'text'), /one.*lost a marker/);
    assert.throws(() => withPart(document.replace('<!-- one -->', ''), 'one', 'text'), /one.*lost a marker/);
  });
});

it('writes a table whose numbers stand on the right', () => {
  assert.equal(table(['page', 'ms'], [['A', '1']]), '| page | ms |\n| --- | ---: |\n| A | 1 |');
});
