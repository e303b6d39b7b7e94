import assert from 'node:assert/strict';
import type { Signal } from '../../src/protocol/signals.js';
import { NO_USAGE } from '../../src/protocol/usage.js';

type Check = (value: unknown) => boolean;

const string: Check = (value) => typeof value === 'string';
const id: Check = (value) => typeof value === 'string' && value !== '';
const boolean: Check = (value) => typeof value === 'boolean';
const record: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const anything: Check = () => true;
const absentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);
const usage: Check = (value) =>
  record(value) &&
  Object.keys(NO_USAGE).every((key) => {
    const count = (value as Record<string, unknown>)[key];
    return typeof count === 'number' && Number.isFinite(count) && count >= 0;
  });
const role = oneOf('user', 'assistant');
const source = oneOf('speech', 'text');
const fault = {
  severity: oneOf('fatal', 'passing', 'busy', 'outdated'),
  code: oneOf(
    'session-expired',
    'quota-exceeded',
    'token-unauthorized',
    'configuration',
    'rate-limited',
    'server-error',
  ),
  message: string,
  isServerFailure: absentOr(oneOf(true)),
  rejectedEventId: absentOr(id),
};
const words = {
  itemId: id,
  role,
  source,
  text: string,
  responseId: absentOr(string),
  part: (value: unknown) =>
    (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 100) || /^segment ./.test(String(value)),
};

/** What each field of each signal may be; the compiler sees that none is forgotten. */
const FIELDS: {
  readonly [Type in Signal['type']]: {
    readonly [Field in Exclude<keyof Extract<Signal, { type: Type }>, 'type'>]: Check;
  };
} = {
  'session-opened': {
    kind: oneOf('conversation', 'transcription'),
    transcribesInput: boolean,
    answersTurns: boolean,
    replacesResponses: absentOr((value) => value === true),
    turnDetection: anything,
    tools: Array.isArray,
    expiresAt: absentOr((value) => typeof value === 'number' && Number.isFinite(value) && value > 0),
    language: absentOr(id),
  },
  'session-updated': { transcribesInput: boolean, answersTurns: boolean },
  'session-closed': { reason: absentOr(string) },
  'user-started': { itemId: absentOr(string) },
  'user-stopped': { itemId: absentOr(string) },
  'turn-discarded': {},
  'item-placed': {
    itemId: id,
    after: absentOr((value) => value === null || string(value)),
    role: absentOr(role),
    source,
    text: absentOr(id),
    responseId: absentOr(string),
  },
  'item-removed': { itemId: id },
  'item-interrupted': { itemId: id },
  'text-added': words,
  'text-settled': words,
  'text-failed': { itemId: id },
  'response-started': { responseId: string },
  'response-ended': {
    responseId: string,
    outcome: oneOf('completed', 'cancelled', 'failed', 'incomplete'),
    fault: absentOr((value) => record(value) && wrongFields({ ...(value as Signal) }).length === 0),
  },
  'playback-started': { responseId: string },
  'playback-ended': { responseId: string, cut: boolean },
  'tool-called': { callId: id, name: id, arguments: string },
  usage: { of: absentOr(string), usage },
  fault,
};

function wrongFields(signal: Signal): string[] {
  const { type, ...rest } = signal;
  const checks: Record<string, Check> = Object.hasOwn(FIELDS, type) ? FIELDS[type] : {};
  const names = new Set([...Object.keys(checks), ...Object.keys(rest)]);
  return [...names].filter((name) => !checks[name]?.((rest as Record<string, unknown>)[name]));
}

/** Whatever was on the wire, the rest of the package meets signals whose fields are what their types say. */
export function assertWellFormed(signals: readonly Signal[]): void {
  for (const signal of signals) {
    assert.ok(Object.hasOwn(FIELDS, signal.type), `There is no signal ${signal.type}.`);
    assert.deepEqual(wrongFields(signal), [], `wrong fields of ${signal.type}`);
  }
}
