import { fields, list } from '../../json-fields.js';
import type { SessionOpened } from '../../protocol/signals.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { announcedTools } from '../tools/tools.js';

type Settings = Record<string, unknown>;

/** For hands-free speech in a session whose token had turn detection off. */
const HANDS_FREE = { type: 'server_vad' };

/** What the page wants otherwise than the token configured it; undefined = nothing, and nothing is sent. */
export function openingUpdate(options: VoiceSessionOptions, opened: SessionOpened): Settings | undefined {
  const tools = announcedTools(options.tools, knownTools(options, opened));
  const update: Settings = { ...options.initialSession, ...(tools && { tools }) };
  if (options.pushToTalk) Object.assign(update, withDetection(null, update));
  return ofKind(opened, update);
}

/** What the page wants otherwise than before, inside a running call; undefined = nothing that the session could do. */
export function runningUpdate(
  before: VoiceSessionOptions,
  options: VoiceSessionOptions,
  opened: SessionOpened,
): Settings | undefined {
  const update: Settings = {};
  if (!before.pushToTalk !== !options.pushToTalk)
    Object.assign(update, withDetection(options.pushToTalk ? null : handsFree(options, opened)));
  if (before.tools !== options.tools) {
    const known = knownTools(options, opened);
    // Tools that were announced and are none any more leave those that the session had.
    const tools = announcedTools(options.tools, known) ?? (announcedTools(before.tools, known) && known);
    if (tools) Object.assign(update, { tools });
  }
  return ofKind(opened, update);
}

/** Those of the session without the page's `tools`. */
function knownTools({ initialSession }: VoiceSessionOptions, { tools }: SessionOpened): readonly unknown[] {
  return list(initialSession?.['tools'] ?? tools);
}

/** The service answers 400 to an update that names another type than the session's own. */
function ofKind({ kind }: SessionOpened, update: Settings): Settings | undefined {
  if (Object.keys(update).length === 0) return undefined;
  return kind === 'transcription' ? { type: kind, ...update } : update;
}

/** How the service finds the ends of turns where nobody holds a button: as the page wants it, or as the token said. */
export function handsFree(options: VoiceSessionOptions, opened: SessionOpened): unknown {
  return wantedDetection(options, opened) ?? HANDS_FREE;
}

/** The same, but null where it is off and undefined where nobody tells it. */
export function wantedDetection({ initialSession }: VoiceSessionOptions, { turnDetection }: SessionOpened): unknown {
  const { turn_detection = turnDetection } = fields(fields(fields(initialSession)['audio'])['input']);
  return turn_detection;
}

export function withDetection(detection: unknown, update: Settings = {}): Settings {
  const audio = fields(update['audio']);
  return { audio: { ...audio, input: { ...fields(audio['input']), turn_detection: detection } } };
}
