import { fields } from '../protocol/field.js';
import type { SessionOpened } from '../protocol/signals.js';
import type { VoiceSessionOptions } from './session-options.js';
import { announcedTools } from './tools.js';

type Settings = Record<string, unknown>;

/** For hands-free speech in a session whose token had turn detection off. */
const HANDS_FREE = { type: 'server_vad' };

/** What the page wants otherwise than the token configured it; undefined = nothing, and nothing is sent. */
export function openingUpdate(options: VoiceSessionOptions, opened: SessionOpened): Settings | undefined {
  const update: Settings = { ...options.initialSession };
  const tools = announcedTools(options.tools ?? [], opened.tools);
  if (tools) update['tools'] = tools;
  if (options.pushToTalk) Object.assign(update, withDetection(update, null));
  if (opened.kind === 'transcription' && Object.keys(update).length > 0) update['type'] ??= 'transcription';
  return Object.keys(update).length > 0 ? update : undefined;
}

/** Turn detection on or off inside a running call. */
export function detectionUpdate(options: VoiceSessionOptions, opened: SessionOpened): Settings {
  return withDetection({}, options.pushToTalk ? null : (opened.turnDetection ?? HANDS_FREE));
}

function withDetection(update: Settings, detection: unknown): Settings {
  const audio = fields(update['audio']);
  return { audio: { ...audio, input: { ...fields(audio['input']), turn_detection: detection } } };
}
