import { toJson } from '../json-text.js';
import type { Plain } from './plain-copy.js';

type Fields = Readonly<Record<string, Plain | undefined>>;

/** What an event says, for those whose first fields do not say it best. */
const SENTENCES: Readonly<Record<string, (detail: Fields) => string>> = {
  'voice-state-change': ({ state, previousState }) => `${previousState} → ${state}`,
  'voice-transcript': ({ entry }) => {
    const { role, status, text } = fieldsOf(entry);
    return `${role} (${status}): ${text}`;
  },
  'voice-tool-call': ({ name, arguments: values }) => `${name} ${toJson(values)}`,
  'voice-usage': ({ last }) => `${fieldsOf(last)['inputTokens']} tokens in, ${fieldsOf(last)['outputTokens']} out`,
  'voice-error': ({ error }) => `${fieldsOf(error)['code']}: ${fieldsOf(error)['message']}`,
  'voice-end': ({ reason, durationMs }) => `${reason} after ${Math.round(Number(durationMs) / 100) / 10} s`,
  'voice-server-event': ({ type }) => String(type),
};

const MOST_CHARACTERS = 200;

/** One line that says what an event is about. */
export function eventSummary(type: string, detail: Plain): string {
  const sentence = Object.hasOwn(SENTENCES, type) ? SENTENCES[type]! : firstFields;
  return sentence(fieldsOf(detail)).slice(0, MOST_CHARACTERS);
}

function firstFields(detail: Fields): string {
  const simple = Object.entries(detail).filter(([, value]) => typeof value !== 'object');
  return simple.map(([name, value]) => `${name}: ${value}`).join(', ');
}

function fieldsOf(value: Plain | undefined): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
