import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as next } from 'node:timers/promises';
import { Synthesizer } from '../../../demo/practice/speech/synthesizer.js';

it('a sentence stays pending if the synthesizer is closed while it is made', async () => {
  const speech = new Synthesizer(165);
  let outcome = 'nothing';
  void speech.say('Hello to you!').then(
    () => (outcome = 'said'),
    () => (outcome = 'failed'),
  );
  await speech.close();
  await next();
  assert.equal(outcome, 'nothing');
});

it('the words of a sentence begin where its words begin, although some are said together', async () => {
  const speech = new Synthesizer(165);
  try {
    const { words } = await speech.say('There it is, in rust.');
    assert.deepEqual(
      words.map(({ text }) => text.trim()),
      ['There', 'it is,', 'in', 'rust.'],
    );
  } finally {
    await speech.close();
  }
});
