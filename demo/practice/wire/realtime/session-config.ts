import type {
  RealtimeResponseCreateParams,
  RealtimeSessionCreateRequest,
  RealtimeTranscriptionSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import { isObject, type JsonObject } from '../../service/json-object.js';
import { invalid } from '../../service/service-error.js';
import type { TurnRules } from '../../sound/ear.js';

/** These are the published types. They leave out that the service takes `null` for a field and sends it back. */
export type SessionRequest = RealtimeSessionCreateRequest | RealtimeTranscriptionSessionCreateRequest;
/** A running session. It has fields that cannot be asked for. */
export type SessionConfig = SessionRequest & { id: string; object: string; expires_at: number };
export type TurnDetection = NonNullable<
  NonNullable<NonNullable<RealtimeSessionCreateRequest['audio']>['input']>['turn_detection']
>;

const PCM = { type: 'audio/pcm', rate: 24_000 };
const SERVER_VAD = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
};
const SEMANTIC_VAD = { type: 'semantic_vad', eagerness: 'auto', create_response: true, interrupt_response: true };
/** No meaning is understood here, so `eagerness` only decides how long a silence ends a turn. */
const SEMANTIC_SILENCE_MS = { low: 1200, medium: 700, auto: 700, high: 400 };

const REALTIME_DEFAULTS: JsonObject = {
  model: 'practice',
  output_modalities: ['audio'],
  instructions: '',
  tools: [],
  tool_choice: 'auto',
  max_output_tokens: 'inf',
  tracing: null,
  truncation: 'auto',
  prompt: null,
  include: null,
};
const DEFAULT_INPUT: JsonObject = {
  format: PCM,
  transcription: null,
  noise_reduction: null,
  turn_detection: SERVER_VAD,
};
const DEFAULT_OUTPUT: JsonObject = { format: PCM, voice: 'marin', speed: 1 };

/** All known fields. Any other field is refused, as by the service; names of the beta are the usual case. */
const KNOWN: Record<string, readonly string[]> = {
  session: [
    'type',
    'model',
    'instructions',
    'output_modalities',
    'audio',
    'tools',
    'tool_choice',
    'parallel_tool_calls',
    'max_output_tokens',
    'reasoning',
    'truncation',
    'tracing',
    'prompt',
    'include',
  ],
  'session.audio': ['input', 'output'],
  'session.audio.input': ['format', 'transcription', 'noise_reduction', 'turn_detection'],
  'session.audio.output': ['format', 'voice', 'speed'],
};

function refuseUnknown(value: unknown, path: string): void {
  if (value === undefined || value === null) return;
  if (!isObject(value)) throw invalid(`Invalid type for '${path}': expected an object.`, 'invalid_type', path);
  for (const key of Object.keys(value)) {
    if (!KNOWN[path]?.includes(key))
      throw invalid(`Unknown parameter: '${path}.${key}'.`, 'unknown_parameter', `${path}.${key}`);
  }
}

/** Checks the session that a client or a site's server asks for. */
export function readSession(session: unknown): SessionRequest {
  if (!isObject(session) || session['type'] === undefined) {
    throw invalid("Missing required parameter: 'session.type'.", 'missing_required_parameter', 'session.type');
  }
  if (session['type'] !== 'realtime' && session['type'] !== 'transcription') {
    throw invalid(
      "Invalid value: 'session.type'. Supported values are: 'realtime' and 'transcription'.",
      'invalid_value',
      'session.type',
    );
  }
  refuseUnknown(session, 'session');
  const audio = session['audio'];
  refuseUnknown(audio, 'session.audio');
  if (isObject(audio)) {
    refuseUnknown(audio['input'], 'session.audio.input');
    refuseUnknown(audio['output'], 'session.audio.output');
  }
  const modalities = session['output_modalities'];
  if (Array.isArray(modalities) && modalities.length > 1) {
    throw invalid(
      "Invalid modalities: 'audio' and 'text' cannot be asked for together.",
      'invalid_value',
      'session.output_modalities',
    );
  }
  return session as unknown as SessionRequest;
}

/** Refuses what a running session cannot change. @param hasSpoken the voice cannot be changed once it has been used */
export function refuseChange(current: SessionConfig, asked: SessionRequest, hasSpoken: boolean): void {
  if (asked.type !== current.type) {
    throw invalid("Passing a different session 'type' is not allowed.", 'invalid_value', 'session.type');
  }
  if (asked.type !== 'realtime' || current.type !== 'realtime') return;
  if (asked.model && asked.model !== current.model) {
    throw invalid('The model of a session cannot be changed.', 'cannot_update_model', 'session.model');
  }
  const voice = asked.audio?.output?.voice;
  if (hasSpoken && voice && JSON.stringify(voice) !== JSON.stringify(current.audio?.output?.voice)) {
    throw invalid(
      'The voice cannot be changed once it has been heard.',
      'cannot_update_voice',
      'session.audio.output.voice',
    );
  }
}

function filledTurnDetection(asked: unknown): unknown {
  if (!isObject(asked)) return asked;
  return { ...(asked['type'] === 'semantic_vad' ? SEMANTIC_VAD : SERVER_VAD), ...asked };
}

/**
 * A field that is missing stays as it was, and null clears a field. This holds for each level of the object. Only turn
 * detection is replaced as a whole.
 */
export function merged(current: SessionConfig, asked: SessionRequest): SessionConfig {
  const audio: JsonObject = isObject(current.audio) ? { ...current.audio } : {};
  const wanted: JsonObject = isObject(asked.audio) ? asked.audio : {};
  for (const side of ['input', 'output']) {
    const change = wanted[side];
    if (!isObject(change)) continue;
    const before = audio[side];
    const after: JsonObject = { ...(isObject(before) ? before : {}), ...change };
    if (change['turn_detection'] !== undefined) after['turn_detection'] = filledTurnDetection(change['turn_detection']);
    audio[side] = after;
  }
  return { ...current, ...asked, audio } as SessionConfig;
}

export function newSession(asked: SessionRequest, id: string, expiresAt: number): SessionConfig {
  const realtime = asked.type === 'realtime';
  const defaults = {
    type: asked.type,
    object: realtime ? 'realtime.session' : 'realtime.transcription_session',
    id,
    expires_at: expiresAt,
    ...(realtime ? REALTIME_DEFAULTS : { include: null }),
    audio: realtime ? { input: DEFAULT_INPUT, output: DEFAULT_OUTPUT } : { input: DEFAULT_INPUT },
  };
  return merged(defaults as unknown as SessionConfig, asked);
}

export function turnDetection(session: SessionConfig): TurnDetection | null {
  return session.audio?.input?.turn_detection ?? null;
}

/** Null if the client decides where a turn ends. */
export function turnRules(session: SessionConfig): TurnRules | null {
  const detection = turnDetection(session);
  if (!detection) return null;
  if (detection.type === 'semantic_vad') {
    return { threshold: 0.5, prefixMs: 300, silenceMs: SEMANTIC_SILENCE_MS[detection.eagerness ?? 'auto'] };
  }
  return {
    threshold: detection.threshold ?? SERVER_VAD.threshold,
    prefixMs: detection.prefix_padding_ms ?? SERVER_VAD.prefix_padding_ms,
    silenceMs: detection.silence_duration_ms ?? SERVER_VAD.silence_duration_ms,
  };
}

export function voiceName(asked: RealtimeResponseCreateParams, session: RealtimeSessionCreateRequest): string {
  const voice = asked.audio?.output?.voice ?? session.audio?.output?.voice ?? 'marin';
  return typeof voice === 'string' ? voice : voice.id;
}
