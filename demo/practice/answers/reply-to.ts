import type { StoredItem } from '../service/stored-item.js';
import type { Turn } from '../sound/ear.js';
import { type Reply, type ReplyContext, say, speechSeconds } from './reply.js';
import { shownFabric } from './shop-answers.js';
import { replyToText } from './typed-words.js';

export const GREETING =
  'Hello! I am the practice server of this page. There is no artificial intelligence behind me. ' +
  'Say something, and I will play back what I heard. ' +
  'Or type one of these: hello, long story, tool, two tools, drop, error, quota, expire, silence, or help.';
export const HEARD = 'Here is what I heard.';

/** Decides what to say next. It understands nothing but the typed words. */
export function replyTo(context: ReplyContext): Reply {
  const last = context.items.at(-1);
  if (!last) return say(GREETING);
  if (last.type === 'function_call_output') return afterTools(context.items);
  if (last.type !== 'message') return say('I have nothing to say to that.');
  if (last.role === 'assistant') return say('I am still here. Please go on.');
  if (last.role === 'system') return say(GREETING);
  const text = textOf(last);
  if (text) return replyToText(text, context);
  const hasPicture = last.content.some((part) => part.type === 'input_image');
  if (hasPicture) return say('You sent me a picture. I cannot look at pictures.');
  return replyToVoice(context.recordingOf(last.id));
}

function replyToVoice(turn: Turn | undefined): Reply {
  if (!turn || turn.samples.length === 0) return say('I heard nothing but silence. Is your microphone muted?');
  const recording = { play: turn.samples, transcript: `(your voice, ${speechSeconds(turn)} s)` };
  return { spoken: [{ say: HEARD }, recording] };
}

/** Says the results of the tool calls since the last message. */
function afterTools(items: readonly StoredItem[]): Reply {
  const asked = items.findLastIndex((item) => item.type === 'message');
  const since = items.slice(asked + 1);
  const results = since.flatMap((item) => {
    if (item.type !== 'function_call_output') return [];
    const call = since.find((other) => other.type === 'function_call' && other.call_id === item.call_id);
    const name = call?.type === 'function_call' ? call.name : 'tool';
    return [`The tool ${name.replaceAll('_', ' ')} answered: ${item.output}.`];
  });
  return shownFabric(textOf(items[asked]), since) ?? say(...results);
}

/** The typed words of a message. */
function textOf(item: StoredItem | undefined): string {
  if (item?.type !== 'message') return '';
  return item.content
    .map((part) => part.text ?? '')
    .join(' ')
    .trim();
}
