import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ItemPlaced } from '../../../src/protocol/signals.js';
import { Conversation } from '../../../src/session/record/conversation.js';
import type { StateInput } from '../../../src/session/record/session-state.js';
import type { TranscriptEntry } from '../../../src/session/transcript-entry.js';
import {
  answer,
  audible,
  cut,
  discarded,
  drained,
  ended,
  failed,
  heard,
  hearing,
  interrupted,
  opened,
  placed,
  removed,
  said,
  saying,
  toolCall,
  userStarted,
} from '../../protocol/conversation.js';

const settle: StateInput = { type: 'stop' };

function conversation(...inputs: readonly StateInput[]): Conversation {
  const conversation = new Conversation();
  for (const [index, input] of inputs.entries()) conversation.apply(input, index);
  return conversation;
}

/** What is shown after the inputs, in one line for each entry. */
function shown(...inputs: readonly StateInput[]): string[] {
  return conversation(...inputs).entries.map(({ role, text, status }) => `${role} ${status}: ${text}`);
}

function only(...inputs: readonly StateInput[]): TranscriptEntry {
  const [entry, ...more] = conversation(...inputs).entries;
  assert.ok(entry && more.length === 0);
  return entry;
}

/** The input changes nothing: no entry is reported, and the transcript is the very same array. */
function assertUnchanged(conversation: Conversation, input: StateInput): void {
  const { entries, heard } = conversation;
  const copy = structuredClone(entries);
  assert.deepEqual(conversation.apply(input, 9), [], input.type);
  assert.equal(conversation.entries, entries, input.type);
  assert.deepEqual([entries, conversation.heard], [copy, heard], input.type);
}

function orders<T>(all: readonly T[]): T[][] {
  return all.length === 0
    ? [[]]
    : all.flatMap((one) => orders(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}

describe('typed text that could not be sent', () => {
  const refused = (id: string, text: string): StateInput => ({
    type: 'text-refused',
    item: placed(id, undefined, { source: 'text', text }) as ItemPlaced,
  });

  it('is reported once, as failed', () => {
    const reported = conversation().apply(refused('t', 'Far too long.'), 1);
    assert.deepEqual(
      reported.map(({ text, status, source }) => [text, status, source]),
      [['Far too long.', 'failed', 'text']],
    );
  });

  it('keeps its place, although the service does not know of it', () => {
    const lines = shown(
      placed('a', null, { text: 'first' }),
      refused('t', 'unsent'),
      refused('u', 'unsent too'),
      placed('b', 'a', { text: 'second' }),
      placed('c', 'b', { text: 'third' }),
    );
    assert.deepEqual(lines, [
      'user final: first',
      'user failed: unsent',
      'user failed: unsent too',
      'user final: second',
      'user final: third',
    ]);
    assert.deepEqual(shown(refused('t', 'unsent'), placed('a', null, { text: 'first' })), [
      'user failed: unsent',
      'user final: first',
    ]);
  });

  it('is not told to another session', () => {
    const inputs = [placed('a', null, { text: 'first' }), refused('t', 'unsent'), placed('b', 'a', { text: 'second' })];
    assert.deepEqual(
      conversation(...inputs).heard.map(({ text }) => text),
      ['first', 'second'],
    );
  });
});

describe('the order of the transcript', () => {
  const ITEMS = [
    placed('user_1', null),
    toolCall('call_1', 'user_1'),
    answer('answer_1', 'call_1'),
    placed('user_2', 'answer_1'),
  ];
  const WORDS = [
    heard('user_1', 'one'),
    saying('answer_1', 'two'),
    said('answer_1', 'two three'),
    heard('user_2', 'four'),
  ];
  const WHOLE = ['user final: one', 'assistant final: two three', 'user final: four'];

  it('is that of the items, in whatever order their text arrives', () => {
    for (const words of orders(WORDS))
      assert.deepEqual(shown(...ITEMS, ...words), WHOLE, words.map(({ type }) => type).join());
  });

  it('is that of the items even if they are reported after their text', () => {
    for (const words of orders(WORDS)) assert.deepEqual(shown(...words, ...ITEMS), WHOLE);
  });

  it("puts the visitor's text before the answer although it arrives later", () => {
    const turn = [
      userStarted('user_1'),
      placed('user_1', null),
      answer('answer_1', undefined),
      answer('answer_1', 'user_1'),
      said('answer_1', 'From ten.'),
    ];
    assert.deepEqual(shown(...turn), ['user partial: ', 'assistant final: From ten.']);
    assert.deepEqual(shown(...turn, hearing('user_1', 'When do')), [
      'user partial: When do',
      'assistant final: From ten.',
    ]);
    assert.deepEqual(shown(...turn, heard('user_1', 'When do you open?')), [
      'user final: When do you open?',
      'assistant final: From ten.',
    ]);
  });

  it('an item goes before the one that names it, and to the front when nothing is before it', () => {
    assert.deepEqual(shown(placed('b', 'a', { text: 'second' }), placed('a', undefined, { text: 'first' })), [
      'user final: first',
      'user final: second',
    ]);
    assert.deepEqual(shown(placed('b', undefined, { text: 'second' }), placed('a', null, { text: 'first' })), [
      'user final: first',
      'user final: second',
    ]);
  });

  it('an item that is reported late is put between the others', () => {
    const items = [placed('a', null, { text: 'a' }), placed('c', 'a', { text: 'c' }), placed('b', 'a', { text: 'b' })];
    assert.deepEqual(
      shown(...items).map((line) => line.at(-1)),
      ['a', 'b', 'c'],
    );
  });

  it('items without a known place stay in the order of their arrival', () => {
    assert.deepEqual(
      shown(
        said('a', 'a'),
        said('b', 'b'),
        placed('c', undefined, { text: 'c' }),
        placed('d', 'nowhere', { text: 'd' }),
      ).map((line) => line.at(-1)),
      [...'abcd'],
    );
  });
});

describe('an entry', () => {
  it('grows by deltas and is replaced by the whole text', () => {
    assert.deepEqual(shown(saying('a', 'Fro'), saying('a', 'm te')), ['assistant partial: From te']);
    assert.deepEqual(shown(saying('a', 'Fro'), said('a', 'From ten.')), ['assistant final: From ten.']);
  });

  it('does not grow once it is final', () => {
    assert.deepEqual(shown(said('a', 'From ten.'), saying('a', ' And')), ['assistant final: From ten.']);
  });

  it('stays the same when everything is reported twice', () => {
    const events = [
      userStarted('u'),
      placed('u', null),
      heard('u', 'Hello'),
      answer('a', 'u'),
      said('a', 'Hi'),
      ended('resp_1'),
      drained('resp_1'),
    ];
    const twice = events.slice(1).flatMap((event) => [event, event]);
    assert.deepEqual(shown(events[0]!, ...twice), shown(...events));
    assert.deepEqual(shown(...events, ...events.slice(1)), shown(...events));
  });

  it('keeps the time of its first report', () => {
    assert.equal(only(userStarted('u'), placed('u', null), hearing('u', 'Hel'), heard('u', 'Hello')).createdAt, 0);
  });

  it('says whether it was spoken or written', () => {
    assert.equal(only(placed('u', null, { source: 'text', text: 'Hello' })).source, 'text');
    assert.equal(only(heard('u', 'Hello')).source, 'speech');
    assert.equal(only(answer('a', null), saying('a', 'Hi', { source: 'text' })).source, 'text');
  });

  it('gets the text of its item, unless its text arrived before', () => {
    assert.deepEqual(shown(placed('u', null, { text: 'Hello' })), ['user final: Hello']);
    assert.deepEqual(
      shown(saying('a', 'Hel'), answer('a', null), placed('a', null, { role: 'assistant', text: 'He' })),
      ['assistant partial: Hel'],
    );
  });

  it('joins the texts of its content parts', () => {
    assert.deepEqual(
      shown(
        saying('a', 'On', { part: 0 }),
        saying('a', 'Tw', { part: 1 }),
        saying('a', 'e', { part: 0 }),
        saying('a', 'o', { part: 1 }),
      ),
      ['assistant partial: One\nTwo'],
    );
    assert.deepEqual(shown(said('a', 'Two', { part: 1 }), said('a', 'One', { part: 0 })), [
      'assistant final: One\nTwo',
    ]);
    assert.deepEqual(shown(said('a', 'Three', { part: 2 })), ['assistant final: Three']);
  });

  it('is removed with its item', () => {
    assert.deepEqual(shown(said('a', 'One'), said('b', 'Two'), removed('a')), ['assistant final: Two']);
    assert.deepEqual(shown(said('a', 'One'), removed('nobody')), ['assistant final: One']);
  });
});

describe('an entry that is not finished', () => {
  it('keeps its text when it is interrupted, and gets no more text', () => {
    const talk = [answer('a', null), saying('a', 'From ten to')];
    for (const end of [
      cut('resp_1'),
      interrupted('a'),
      ended('resp_1', 'cancelled'),
      ended('resp_1', 'failed'),
      ended('resp_1', 'incomplete'),
      settle,
    ]) {
      assert.deepEqual(shown(...talk, end), ['assistant interrupted: From ten to'], end.type);
      assert.deepEqual(
        shown(...talk, end, saying('a', ' six'), said('a', 'From ten to six.'), answer('a', null)),
        ['assistant interrupted: From ten to'],
        end.type,
      );
    }
  });

  it('is interrupted when its playback is cut, although its text is final', () => {
    assert.deepEqual(shown(said('a', 'From ten to six.'), cut('resp_1')), ['assistant interrupted: From ten to six.']);
    assert.deepEqual(shown(said('a', 'From ten to six.'), drained('resp_1')), ['assistant final: From ten to six.']);
  });

  it('that is interrupted here stays as it is, and nothing of it appears later', () => {
    const interrupt: StateInput = { type: 'interrupted', responseIds: ['resp_1', 'resp_2'] };
    const late = [
      saying('a', ' to six'),
      said('a', 'From ten to six.'),
      said('b', 'More.'),
      answer('c', 'a', 'resp_2'),
    ];
    const more = [said('c', 'Still more.'), said('d', 'And more.', { responseId: 'resp_2' })];
    const cutOff = shown(answer('a', null), saying('a', 'From ten'), interrupt, ...late, ...more);
    assert.deepEqual(cutOff, ['assistant interrupted: From ten']);
    const whole = [said('a', 'From ten to six.'), audible('resp_1')];
    assert.deepEqual(shown(...whole, interrupt), ['assistant interrupted: From ten to six.']);
    assert.deepEqual(shown(...whole, drained('resp_1'), interrupt), ['assistant final: From ten to six.']);
    assert.deepEqual(shown(interrupt, said('e', 'Next.', { responseId: 'resp_3' })), ['assistant final: Next.']);
  });

  it('is not interrupted by the end of another response, nor of its own if its text is final', () => {
    assert.deepEqual(shown(saying('a', 'From'), ended('resp_2', 'cancelled'), cut('resp_2')), [
      'assistant partial: From',
    ]);
    assert.deepEqual(shown(saying('a', 'From'), ended('resp_1', 'completed')), ['assistant partial: From']);
    assert.deepEqual(shown(said('a', 'From ten.'), ended('resp_1', 'cancelled')), ['assistant final: From ten.']);
  });

  it('is shown as failed when the transcription has failed', () => {
    assert.deepEqual(shown(userStarted('u'), placed('u', null), failed('u')), ['user failed: ']);
    assert.deepEqual(shown(failed('nobody')), []);
  });

  it('is hidden when its text is empty after all', () => {
    assert.deepEqual(shown(userStarted('u'), placed('u', null), heard('u', '')), []);
    assert.deepEqual(shown(answer('a', null)), []);
    assert.deepEqual(shown(answer('a', null), said('a', '')), []);
  });

  it('is removed when the turn is discarded before it was committed', () => {
    assert.deepEqual(shown(userStarted('u'), discarded), []);
    assert.deepEqual(shown(placed('u', null), discarded), ['user partial: '], 'a committed turn is one');
    assert.deepEqual(shown(userStarted('u'), hearing('u', 'Hel'), discarded), ['user partial: Hel'], 'words stay');
  });

  it('is settled at the end of a call', () => {
    assert.deepEqual(
      shown(said('a', 'One.'), placed('u', 'a'), saying('b', 'Tw'), placed('v', 'b'), failed('v'), settle),
      ['assistant final: One.', 'assistant interrupted: Tw', 'user failed: '],
    );
    assertUnchanged(conversation(said('a', 'One.'), settle), settle);
  });
});

describe('a session that does not transcribe speech', () => {
  it("shows no entry for the visitor's speech, unless text arrives", () => {
    const silent = [opened(false), userStarted('u'), placed('u', null), answer('a', 'u'), said('a', 'Hi')];
    assert.deepEqual(shown(...silent), ['assistant final: Hi']);
    assert.deepEqual(shown(...silent, heard('u', 'Hello')), ['user final: Hello', 'assistant final: Hi']);
    assert.deepEqual(shown(opened(false), placed('u', null, { source: 'text', text: 'Typed' })), ['user final: Typed']);
  });
});

describe('a change', () => {
  it('changes no other entry', () => {
    const talk = conversation(said('a', 'One'), said('b', 'Two'), saying('c', 'Th'));
    const before = talk.entries;
    assert.deepEqual(talk.apply(saying('c', 'ree'), 9), [talk.entries[2]]);
    assert.deepEqual(
      before.map(({ text }) => text),
      ['One', 'Two', 'Th'],
    );
    assert.deepEqual(
      talk.entries.map((entry, index) => entry === before[index]),
      [true, true, false],
    );
  });

  it('that changes nothing leaves the very same transcript', () => {
    const talk = conversation(placed('u', null), heard('u', 'Hello'), said('a', 'Hi'));
    const none: StateInput[] = [
      saying('a', 'x'),
      failed('nobody'),
      interrupted('nobody'),
      drained('resp_1'),
      cut('resp_9'),
      ended('resp_1'),
      discarded,
      settle,
      userStarted(),
      { type: 'response-started', responseId: 'resp_2' },
      { type: 'user-stopped', itemId: 'u' },
    ];
    for (const input of none) assertUnchanged(talk, input);
  });
});

describe('segments of speakers', () => {
  const segment = (id: string, line: string): StateInput => hearing('user_1', line, { part: `segment ${id}` });

  it('are lines of the entry, in the order of their arrival', () => {
    assert.deepEqual(shown(segment('b', 'A: Are you open?'), segment('a', 'B: Until six.')), [
      'user partial: A: Are you open?\nB: Until six.',
    ]);
  });

  it('stay when the whole text arrives without speakers', () => {
    const lines = [hearing('user_1', 'Are you open?'), segment('a', 'A: Are you open?'), segment('b', 'B: Until six.')];
    assert.deepEqual(shown(...lines, heard('user_1', 'Are you open? Until six.')), [
      'user final: A: Are you open?\nB: Until six.',
    ]);
  });

  it('count once when they are reported twice, and count even if they are late', () => {
    const whole = heard('user_1', 'Are you open?');
    assert.deepEqual(shown(segment('a', 'A: Are you open?'), segment('a', 'A: Are you open?'), whole), [
      'user final: A: Are you open?',
    ]);
    assert.deepEqual(shown(whole, segment('a', 'A: Are you open?')), ['user final: A: Are you open?']);
  });
});

const dropped: StateInput = { type: 'connection-dropped' };

describe('a connection that is given up', () => {
  it('keeps final entries and interrupts the others', () => {
    assert.deepEqual(
      shown(
        placed('u', null, { text: 'Hello' }),
        said('a', 'Hi.', { responseId: 'resp_0' }),
        hearing('v', 'Are you'),
        saying('b', 'From ten to'),
        dropped,
      ),
      ['user final: Hello', 'assistant final: Hi.', 'user interrupted: Are you', 'assistant interrupted: From ten to'],
    );
  });

  it('interrupts an audible answer although its text is final, and none that was played to its end', () => {
    const whole = [answer('a', null), said('a', 'From ten to six.'), ended('resp_1')];
    assert.deepEqual(shown(...whole, audible('resp_1'), dropped), ['assistant interrupted: From ten to six.']);
    assert.deepEqual(shown(...whole, audible('resp_1'), drained('resp_1'), dropped), [
      'assistant final: From ten to six.',
    ]);
  });

  it('fails a turn whose text has not arrived, and removes speech that was no turn yet', () => {
    assert.deepEqual(shown(userStarted('u'), placed('u', null), dropped), ['user failed: ']);
    assert.deepEqual(shown(said('a', 'Hi.'), userStarted('u'), dropped), ['assistant final: Hi.']);
  });

  it('adds nothing afterwards', () => {
    const talk = [answer('a', null), saying('a', 'From ten to'), dropped];
    assert.deepEqual(
      shown(...talk, saying('a', ' six'), said('a', 'From ten to six.'), ended('resp_1'), drained('resp_1')),
      ['assistant interrupted: From ten to'],
    );
  });

  it('twice changes nothing the second time, and a finished conversation stays the very same', () => {
    assertUnchanged(conversation(placed('u', null), saying('a', 'From'), dropped), dropped);
    const finished = [placed('u', null, { text: 'Hello' }), audible('resp_1'), said('a', 'Hi.'), drained('resp_1')];
    assertUnchanged(conversation(...finished), dropped);
  });
});

describe('what is forgotten', () => {
  const talk = [placed('u', null, { text: 'Hello' }), hearing('v', 'Are'), saying('a', 'From')];
  const forget: StateInput = { type: 'forget' };

  it('is neither shown nor told', () => {
    const { entries, heard } = conversation(...talk, forget);
    assert.deepEqual([entries, heard], [[], []]);
  });

  it('does not come back with what the service still says of it', () => {
    const late = [heard('v', 'Are you open?'), said('a', 'From ten.'), placed('u', null, { text: 'Hello' }), settle];
    assert.deepEqual(shown(...talk, forget, ...late), []);
  });

  it('keeps its place: what is said from then on is in order', () => {
    const after = [placed('b', 'w', { role: 'assistant', text: 'Hi.' }), placed('w', 'a', { text: 'Good day' })];
    const words = ['user final: Good day', 'assistant final: Hi.'];
    assert.deepEqual(shown(...talk, forget, ...after), words);
  });
});

describe('a start', () => {
  it('keeps the conversation if it is told to, and otherwise forgets it', () => {
    const talk = [opened(false), placed('u', null, { text: 'Hello' }), said('a', 'Hi.'), settle];
    assertUnchanged(conversation(...talk), { type: 'start', keep: true });
    for (const start of [{ type: 'start', keep: false }, { type: 'start' }] as const) {
      assert.deepEqual(shown(...talk, start), []);
      assert.deepEqual(conversation(...talk, start).heard, []);
      // It is not remembered either that the last session did not transcribe.
      assert.deepEqual(shown(...talk, start, userStarted('v')), ['user partial: ']);
    }
  });
});
