import type { RealtimeToolsConfig } from 'openai/resources/realtime/realtime';
import { isObject, type JsonObject } from '../../service/json-object.js';
import { invalid } from '../../service/service-error.js';

export interface ResponsesDelegation {
  type: 'responses';
  /** The backend's model, instructions and tools. */
  responses?: { tools?: RealtimeToolsConfig } & Record<string, unknown>;
}
export type Delegation = { type: 'client' } | ResponsesDelegation;

export interface HistoryMessage {
  role: 'developer' | 'user' | 'assistant';
  content: readonly [{ type: string; text: string }];
}

/** The session that a site's server asks for. */
export interface LiveSessionRequest {
  model: string;
  instructions?: string | null;
  audio?: { output?: { voice?: unknown } };
  /** Who does the work that the voice delegates: the site, or a backend of the service. */
  delegation?: Delegation | null;
  /** What was said before the session. */
  input?: readonly HistoryMessage[] | null;
}

export interface LiveSession extends LiveSessionRequest {
  id: string;
  status: 'active';
  /** Unix seconds. */
  expires_at: number;
}

const MOST_MESSAGES = 128;
const TEXT_TYPES: Record<string, string> = { developer: 'input_text', user: 'input_text', assistant: 'output_text' };
/** Any other field is refused, also `type`. */
const KNOWN = [
  'model',
  'instructions',
  'audio',
  'delegation',
  'input',
  'store',
  'triggers',
  'safety_identifier',
  'client',
];

export function readLiveSession(session: unknown): LiveSessionRequest {
  if (!isObject(session))
    throw invalid("Missing required parameter: 'session'.", 'missing_required_parameter', 'session');
  refuseUnknown(session, KNOWN);
  if (typeof session['model'] !== 'string') {
    throw invalid("Missing required parameter: 'session.model'.", 'missing_required_parameter', 'session.model');
  }
  const { delegation } = session;
  if (delegation !== undefined && delegation !== null) checkDelegation(delegation);
  checkHistory(session['input'] ?? []);
  return session as unknown as LiveSessionRequest;
}

export function newLiveSession(asked: LiveSessionRequest, id: string, expiresAt: number): LiveSession {
  return {
    instructions: null,
    ...asked,
    audio: { output: { voice: 'marin', ...asked.audio?.output } },
    delegation: asked.delegation ?? { type: 'client' },
    id,
    status: 'active',
    expires_at: expiresAt,
  };
}

/** Only the backend of a running session can be changed, and not its type. A field that is missing stays as it was. */
export function updatedSession(session: LiveSession, asked: unknown): LiveSession {
  if (!isObject(asked))
    throw invalid("Missing required parameter: 'session'.", 'missing_required_parameter', 'session');
  refuseUnknown(asked, ['delegation']);
  const { delegation } = asked;
  if (delegation === undefined) return session;
  checkDelegation(delegation);
  if (delegation.type !== session.delegation?.type) {
    throw invalid(
      "The 'type' of a session's delegation cannot be changed.",
      'invalid_value',
      'session.delegation.type',
    );
  }
  if (delegation.type === 'client' || session.delegation.type === 'client') return session;
  return {
    ...session,
    delegation: { type: 'responses', responses: { ...session.delegation.responses, ...delegation.responses } },
  };
}

export function toolsOf({ delegation }: LiveSession): RealtimeToolsConfig {
  return (delegation?.type === 'responses' && delegation.responses?.tools) || [];
}

function refuseUnknown(fields: JsonObject, known: readonly string[]): void {
  for (const key of Object.keys(fields)) {
    if (!known.includes(key))
      throw invalid(`Unknown parameter: 'session.${key}'.`, 'unknown_parameter', `session.${key}`);
  }
}

function checkDelegation(value: unknown): asserts value is Delegation {
  const type = isObject(value) ? value['type'] : undefined;
  if (type !== 'client' && type !== 'responses') {
    throw invalid("Supported values are: 'client' and 'responses'.", 'invalid_value', 'session.delegation.type');
  }
}

/** Each message must have exactly one part, a text. */
function checkHistory(input: unknown): void {
  const messages = Array.isArray(input) && input.length <= MOST_MESSAGES ? (input as unknown[]) : [undefined];
  messages.forEach((message, index) => {
    const { role, content } = isObject(message) ? message : {};
    const [part, ...more] = Array.isArray(content) ? (content as unknown[]) : [];
    const type = typeof role === 'string' && TEXT_TYPES[role];
    if (type && more.length === 0 && isObject(part) && part['type'] === type && typeof part['text'] === 'string')
      return;
    throw invalid(
      'Expected up to 128 messages with one part of text each.',
      'invalid_value',
      `session.input[${index}]`,
    );
  });
}
