import type { RealtimeFunctionTool } from 'openai/resources/realtime/realtime';
import { type Reply, type ReplyContext, say, type ToolCall } from './reply.js';
import { sampleOf } from './sample-arguments.js';
import { functionsOf } from './session-tools.js';
import { replyOfShop } from './shop-answers.js';

const HELP =
  'Hello and long story make me talk. ' +
  'Tool and two tools ask your page to do something, and broken tool asks it badly. ' +
  'Slow makes you wait for me, and silence makes you wait in vain. ' +
  'Error, quota and fail are failures. Drop and expire end our call.';
const SLOW_MS = 5000;

const LONG_STORY =
  'All right, a long story. Interrupt me whenever you like, that is what it is for. ' +
  'Once upon a time there was a small harbour town with one lighthouse, and a keeper who counted the ships. ' +
  'Every evening she climbed one hundred and twelve steps, lit the lamp, ' +
  'and wrote the names of the ships into a thick blue book. ' +
  'One autumn a fog came in and stayed. ' +
  'It stayed for a week, and then for another week, and nobody saw a single sail. ' +
  'The baker said that the sea had been taken away. ' +
  'The schoolteacher said that this was impossible, but she did not go and look. ' +
  'The keeper lit the lamp all the same, and she wrote into the book: no ships today, but I heard a bell. ' +
  'On the fifteenth evening she rang a bell of her own, three times, and waited. ' +
  'Out of the fog came three strokes in return. ' +
  'So she rang again, and somebody answered again, and they went on until midnight. ' +
  'In the morning the fog was gone, and in the harbour lay a ship which nobody had ever seen before. ' +
  'Its captain climbed the one hundred and twelve steps, and asked to see the book, ' +
  'and found his own name already written in it. ' +
  'And that is the end of the story. Thank you for listening to all of it.';

const DEFAULT_TOOL: RealtimeFunctionTool = { type: 'function', name: 'get_page_title' };

const WORDS: Record<string, (context: ReplyContext) => Reply> = {
  hello: () => say('Hello to you! It is good to hear from you. I am only a practice server, but a polite one.'),
  'long story': () => say(LONG_STORY),
  tool: ({ tools }) => ({ spoken: [], calls: [callOf(functionsOf(tools)[0] ?? DEFAULT_TOOL)] }),
  'two tools': ({ tools }) => {
    const first = functionsOf(tools)[0] ?? DEFAULT_TOOL;
    return { spoken: [], calls: [callOf(first), callOf(functionsOf(tools)[1] ?? first)] };
  },
  'broken tool': ({ tools }) => {
    const call = callOf(functionsOf(tools)[0] ?? DEFAULT_TOOL);
    return { spoken: [], calls: [{ ...call, arguments: call.arguments.slice(0, -1) }] };
  },
  help: () => say(HELP),
  slow: () => ({ ...say('That took me five seconds.'), afterMs: SLOW_MS }),
  drop: () => ({ ...say('I will drop the connection now, without a goodbye.'), aside: 'drop' }),
  error: () => ({ ...say('I have sent you an error which is not fatal. We can go on.'), aside: 'error' }),
  expire: () => ({ ...say('This session has expired.'), aside: 'expire' }),
  quota: () => ({ spoken: [], failure: { type: 'insufficient_quota', code: 'insufficient_quota' } }),
  fail: () => ({ spoken: [], failure: { type: 'server_error', code: 'server_error' } }),
  silence: () => ({ spoken: [] }),
};

/** Answers the words of the table and questions to the demo's shop, and repeats any other text. */
export function replyToText(text: string, context: ReplyContext): Reply {
  const key = text
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .trim();
  const known = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  return known?.(context) ?? replyOfShop(text, context) ?? say(`You typed: ${text}`);
}

function callOf(tool: RealtimeFunctionTool): ToolCall {
  return { name: tool.name ?? 'get_page_title', arguments: JSON.stringify(sampleOf(tool.parameters)) };
}
