import type { RealtimeFunctionTool, RealtimeToolsConfig } from 'openai/resources/realtime/realtime';
import type { StoredItem } from '../wire/realtime/conversation.js';
import type { Turn } from '../sound/ear.js';

export type Spoken = { say: string } | { play: Int16Array; transcript: string };
export interface ToolCall {
  name: string;
  arguments: string;
}

/** What happens besides the words: `error` is sent before them, the others end the call after them. */
export type Aside = 'error' | 'drop' | 'expire';

export interface Reply {
  spoken: Spoken[];
  calls?: ToolCall[];
  failure?: { type: string; code: string };
  aside?: Aside;
  /** It takes so long until the first sign of it, whatever the tempo. */
  afterMs?: number;
}

export interface ReplyContext {
  /** The conversation, oldest first, without system messages. */
  items: readonly StoredItem[];
  tools: RealtimeToolsConfig;
  recordingOf(itemId: string): Turn | undefined;
}

export const GREETING =
  'Hello! I am the practice server of this page. There is no artificial intelligence behind me. ' +
  'Say something, and I will play back what I heard. ' +
  'Or type one of these: hello, long story, tool, two tools, drop, error, quota, expire, silence, or help.';
export const HEARD = 'Here is what I heard.';

const HELP =
  'Hello and long story make me talk. Tool and two tools ask your page to do something, and broken tool asks it badly. ' +
  'Slow makes you wait for me, and silence makes you wait in vain. ' +
  'Error and quota are failures. Drop and expire end our call.';
const SLOW_MS = 5000;

const LONG_STORY =
  'All right, a long story. Interrupt me whenever you like, that is what it is for. ' +
  'Once upon a time there was a small harbour town with one lighthouse, and a keeper who counted the ships. ' +
  'Every evening she climbed one hundred and twelve steps, lit the lamp, and wrote the names of the ships into a thick blue book. ' +
  'One autumn a fog came in and stayed. It stayed for a week, and then for another week, and nobody saw a single sail. ' +
  'The baker said that the sea had been taken away. The schoolteacher said that this was impossible, but she did not go and look. ' +
  'The keeper lit the lamp all the same, and she wrote into the book: no ships today, but I heard a bell. ' +
  'On the fifteenth evening she rang a bell of her own, three times, and waited. ' +
  'Out of the fog came three strokes in return. So she rang again, and somebody answered again, and they went on until midnight. ' +
  'In the morning the fog was gone, and in the harbour lay a ship which nobody had ever seen before. ' +
  'Its captain climbed the one hundred and twelve steps, and asked to see the book, and found his own name already written in it. ' +
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
  silence: () => ({ spoken: [] }),
};

function say(...sentences: string[]): Reply {
  return { spoken: sentences.map((sentence) => ({ say: sentence })) };
}

/** Decides what to say. It understands nothing but the words above, and says so. */
export function replyTo(context: ReplyContext): Reply {
  const last = context.items.at(-1);
  if (!last) return say(GREETING);
  if (last.type === 'function_call_output') return afterTools(context.items);
  if (last.type !== 'message') return say('I have nothing to say to that.');
  if (last.role === 'assistant') return say('I am still here. Please go on.');
  if (last.role === 'system') return say(GREETING);
  const text = last.content
    .map((part) => part.text ?? '')
    .join(' ')
    .trim();
  if (text) return replyToText(text, context);
  if (last.content.some((part) => part.type === 'input_image'))
    return say('You sent me a picture. I cannot look at pictures.');
  return replyToVoice(context.recordingOf(last.id));
}

/** What is written when an answer is not spoken. */
export function textOf(spoken: readonly Spoken[]): string {
  return spoken.map((part) => ('say' in part ? part.say : part.transcript)).join(' ');
}

export function replyToText(text: string, context: ReplyContext): Reply {
  const key = text
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .trim();
  const known = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  return known ? known(context) : say(`You typed: ${text}`);
}

function replyToVoice(turn: Turn | undefined): Reply {
  if (!turn || turn.samples.length === 0) return say('I heard nothing but silence. Is your microphone muted?');
  return { spoken: [{ say: HEARD }, { play: turn.samples, transcript: `(your voice, ${seconds(turn)} s)` }] };
}

/** No speech is recognised here, and its transcript does not pretend it: it says how much of it there was. */
export function heardWords(turn: Turn): string {
  return turn.speechMs > 0 ? `(${seconds(turn)} s of speech)` : '(silence)';
}

function seconds(turn: Turn): string {
  return (turn.speechMs / 1000).toFixed(1);
}

/** Speaks the results of the calls since the last words. */
function afterTools(items: readonly StoredItem[]): Reply {
  const since = items.slice(items.findLastIndex((item) => item.type === 'message') + 1);
  const results = since.flatMap((item) => {
    if (item.type !== 'function_call_output') return [];
    const call = since.find((other) => other.type === 'function_call' && other.call_id === item.call_id);
    const name = call?.type === 'function_call' ? call.name : 'tool';
    return [`The tool ${name.replaceAll('_', ' ')} answered: ${item.output}.`];
  });
  return say(...results);
}

function functionsOf(tools: RealtimeToolsConfig): RealtimeFunctionTool[] {
  return tools.filter((tool): tool is RealtimeFunctionTool => tool.type !== 'mcp' && 'name' in tool);
}

function callOf(tool: RealtimeFunctionTool): ToolCall {
  return { name: tool.name ?? 'get_page_title', arguments: JSON.stringify(sample(tool.parameters)) };
}

interface Schema {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** The simplest value that a JSON schema lets through. */
function sample(parameters: unknown): unknown {
  const schema = (parameters ?? { type: 'object' }) as Schema;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'string':
      return 'practice';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return schema.items ? [sample(schema.items)] : [];
    default:
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, value]) => [name, sample(value)]));
  }
}
