import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import type { StateInput } from '../../../src/session/record/session-state.js';
import { Conversation } from '../../../src/session/record/conversation.js';
import {
  answer,
  audible,
  cut,
  drained,
  heard,
  interrupted,
  placed,
  said,
  saying,
} from '../../protocol/conversation.js';

const dropped: StateInput = { type: 'connection-dropped' };

describe('what was heard', () => {
  /** More than anybody says in three seconds, in words of up to eight letters. */
  const LONG = 'From ten in the morning until six in the evening, and on Mondays we are closed, as everybody knows.';

  /** What was heard after the inputs, each told at its time in ms. */
  function heardAfter(...inputs: readonly (readonly [at: number, StateInput])[]): string[] {
    return conversation(...inputs).heard.map(({ text }) => text);
  }
  function conversation(...inputs: readonly (readonly [at: number, StateInput])[]): Conversation {
    const conversation = new Conversation();
    for (const [at, input] of inputs) conversation.apply(input, at);
    return conversation;
  }
  const talk = [
    [0, placed('u', null, { text: 'When?' })],
    [100, answer('a', 'u')],
    [200, said('a', LONG)],
  ] as const;
  const ENDS = { dropped, cut: cut('resp_1'), interrupted: interrupted('a') };

  it('is the whole text of an answer that was played to its end', () => {
    // However fast.
    for (const at of [1_300, 6_300]) {
      assert.deepEqual(heardAfter(...talk, [300, audible('resp_1')], [at, drained('resp_1')]), ['When?', LONG]);
      assert.deepEqual(heardAfter(...talk, [300, audible('resp_1')], [at, drained('resp_1')], [7_000, dropped]), [
        'When?',
        LONG,
      ]);
    }
  });

  for (const [what, end] of Object.entries(ENDS)) {
    it(`is no more than there was time for when it was cut off: ${what}`, () => {
      for (const seconds of [0.5, 1, 2, 3]) {
        const [, spoken] = heardAfter(...talk, [1_000, audible('resp_1')], [1_000 + seconds * 1_000, end]);
        assert.ok(spoken && LONG.startsWith(`${spoken} `), `“${spoken}” are whole words from the beginning`);
        assert.ok(spoken.length <= 20 * seconds, `${spoken.length} characters in ${seconds} s`);
        assert.ok(spoken.length >= 20 * seconds - 9, `only ${spoken.length} characters in ${seconds} s`);
      }
    });
  }

  it('is nothing of an answer that was cut off at once', () => {
    assert.deepEqual(heardAfter(...talk, [1_000, audible('resp_1')], [1_000, dropped]), ['When?']);
  });

  it('is the whole text of an answer that was short enough', () => {
    assert.deepEqual(
      heardAfter(
        [0, answer('a', null)],
        [0, said('a', 'Yes, of course.')],
        [1_000, audible('resp_1')],
        [2_000, dropped],
      ),
      ['Yes, of course.'],
    );
  });

  it('counts from the first report of the playback', () => {
    const [, spoken] = heardAfter(...talk, [1_000, audible('resp_1')], [2_500, audible('resp_1')], [3_000, dropped]);
    assert.ok(spoken!.length > 20);
  });

  it('is nothing of an answer whose playback had not begun', () => {
    assert.deepEqual(
      heardAfter(
        [0, placed('u', null, { text: 'When?' })],
        [100, answer('a', 'u')],
        [200, saying('a', 'From ten')],
        [300, dropped],
      ),
      ['When?'],
    );
  });

  it('is nothing of the next answer while the last one is still played', () => {
    const other = [
      [2_000, answer('b', 'a', 'resp_2')],
      [2_000, said('b', 'And then?', { responseId: 'resp_2' })],
    ] as const;
    const [, spoken, ...more] = heardAfter(...talk, [1_000, audible('resp_1')], ...other, [3_000, dropped]);
    assert.ok(spoken!.length <= 40);
    assert.deepEqual(more, []);
  });

  it('counts from a playback that is reported before the first text', () => {
    const [spoken] = heardAfter([1_000, audible('resp_1')], [1_000, said('a', LONG)], [2_000, dropped]);
    assert.ok(spoken && spoken.length <= 20, `“${spoken}” in a second`);
  });

  it('is the whole text of an answer without any report of its playback', () => {
    const untold = said('b', 'And then?', { responseId: undefined });
    assert.deepEqual(heardAfter([0, untold], [1, dropped]), ['And then?']);
    assert.deepEqual(
      heardAfter(...talk, [300, audible('resp_1')], [6_300, drained('resp_1')], [6_400, untold], [7_000, dropped]).at(
        -1,
      ),
      'And then?',
    );
  });

  it('is the whole text of a written answer, which is not played', () => {
    const written = said('a', LONG, { source: 'text' });
    assert.deepEqual(heardAfter([0, answer('a', null)], [0, written], [10, dropped]), [LONG]);
    assert.deepEqual(
      heardAfter([0, answer('a', null)], [0, saying('a', 'From ten', { source: 'text' })], [10, dropped]),
      ['From ten'],
    );
  });

  for (const [language, sentence] of [
    ['Japanese', '日曜日は午前十時から午後六時まで営業しておりますが、月曜日は定休日です。'],
    ['Chinese after a word', 'OK 我们的营业时间是星期一到星期五的上午九点到下午六点。'],
    ['Thai after a greeting', 'สวัสดีค่ะ ร้านของเราเปิดทุกวันตั้งแต่เก้าโมงเช้าถึงหกโมงเย็น'],
  ] as const) {
    it(`is the beginning of a sentence in a script without spaces: ${language}`, () => {
      const [spoken] = heardAfter(
        [0, answer('a', null)],
        [0, said('a', sentence)],
        [1_000, audible('resp_1')],
        [2_000, dropped],
      );
      assert.equal(spoken, sentence.slice(0, 20));
    });
  }

  it('ends before a word that was begun in a script with spaces', () => {
    const [spoken] = heardAfter(
      [0, answer('a', null)],
      [0, said('a', '我们在市中心的新商店叫NorthernChairs，在星期一开门。')],
      [1_000, audible('resp_1')],
      [2_000, dropped],
    );
    assert.equal(spoken, '我们在市中心的新商店叫');
  });

  it('never ends with half a character', () => {
    for (let ms = 50; ms < 1_000; ms += 50) {
      const [spoken = ''] = heardAfter(
        [0, answer('a', null)],
        [0, said('a', '🙂'.repeat(30))],
        [1_000, audible('resp_1')],
        [1_000 + ms, dropped],
      );
      assert.equal(spoken.replace(/🙂/gu, ''), '');
    }
  });

  it('is nothing of a turn whose transcription has failed', () => {
    assert.deepEqual(
      heardAfter(
        ...talk,
        [300, audible('resp_1')],
        [6_300, drained('resp_1')],
        [7_000, placed('v', 'a')],
        [8_000, dropped],
      ),
      ['When?', LONG],
    );
  });

  it('is in the order of the conversation', () => {
    assert.deepEqual(
      heardAfter(
        [0, said('b', 'Second')],
        [1, heard('a', 'First')],
        [2, placed('b', 'a', { role: 'assistant' })],
        [3, placed('a', null)],
      ),
      ['First', 'Second'],
    );
  });

  it('is no more than that when a failure ended the call and its conversation goes on later', () => {
    const failure: StateInput = { type: 'fail', error: new VoiceError('server-error', 'No.') };
    const [, spoken] = heardAfter(
      ...talk,
      [1_000, audible('resp_1')],
      [2_000, failure],
      [9_000, { type: 'start', keep: true }],
    );
    assert.ok(spoken !== undefined && spoken.length <= 20, `“${spoken}” in a second`);
  });

  it('does not change what is shown', () => {
    const { entries, heard } = conversation(...talk, [1_000, audible('resp_1')], [2_000, dropped]);
    assert.equal(entries.at(-1)?.text, LONG);
    assert.equal(heard.at(-1)?.id, 'a');
  });
});
