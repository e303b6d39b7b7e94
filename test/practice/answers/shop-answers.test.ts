import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { SHOP_SESSION } from '../../../demo/shop-session.js';
import { Caller } from '../caller.js';

describe('a question to the shop', () => {
  let server: PracticeServer;
  let caller: Caller;

  before(async () => void (server = await startPracticeServer({ thinkingMs: 0 })));
  after(() => server.close());
  afterEach(() => caller.close());

  const call = async (session: object): Promise<void> => {
    caller = await Caller.call({ url: server.url, dcid: 3, session: { ...session, output_modalities: ['text'] } });
    await caller.event('session.created');
  };
  const answerTo = async (question: string): Promise<string> => {
    const from = caller.events.length;
    caller.type(question);
    return (await caller.event('response.output_text.done', from)).text;
  };

  describe('in its own session', () => {
    beforeEach(() => call(SHOP_SESSION));

    it('about a price, a time or a repair is answered as a shop would', async () => {
      assert.match(await answerTo('What does it cost?'), /kroner/);
      assert.match(await answerTo('How long does it take?'), /five weeks/);
      assert.match(await answerTo('Can you mend my old chair?'), /Bring your chair/);
      assert.match(await answerTo('When are you open?'), /Tuesday to Saturday/);
    });

    it('about a colour shows it on the page, and says whether it is there', async () => {
      for (const [fabric, stock, said] of [
        ['rust', 0, 'There it is, in rust. We would make it for you in five weeks. Would you like to see another one?'],
        ['blue', 2, 'There it is, in blue. We have 2 of them in the shop. Would you like to see another one?'],
      ] as const) {
        const from = caller.events.length;
        caller.type(`Show me the ${fabric} one`);
        const { response } = await caller.event('response.done', from);
        const asked = response.output?.find((item) => item.type === 'function_call');
        assert.deepEqual([asked?.name, JSON.parse(asked?.arguments ?? '{}')], ['show_fabric', { fabric }]);
        const output = `The chair on the page is now ${fabric}. In stock: ${stock}`;
        const item = { type: 'function_call_output' as const, call_id: asked?.call_id ?? '', output };
        const after = caller.events.length;
        caller.send({ type: 'conversation.item.create', item });
        caller.send({ type: 'response.create' });
        assert.equal((await caller.event('response.output_text.done', after)).text, said);
        await caller.event('response.done', after);
      }
    });
  });

  it('is repeated in any other session', async () => {
    await call({});
    assert.equal(await answerTo('What does it cost?'), 'You typed: What does it cost?');
  });
});
