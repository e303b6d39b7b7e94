import { fields, list } from '../../json-fields.js';
import type { SessionOpened } from '../../protocol/signals.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { announcedTools } from '../tools/tools.js';

/** The `session` of a `session.update`. */
type SessionUpdate = Record<string, unknown>;

/** Turn detection for hands-free speech in a session whose token had turned it off. */
const DEFAULT_DETECTION = { type: 'server_vad' };

/** What the page wants to differ from the session that has opened; undefined if nothing has to be sent. */
export function openingUpdate(options: VoiceSessionOptions, opened: SessionOpened): SessionUpdate | undefined {
  const tools = announcedTools(options.tools, knownTools(options, opened));
  const update: SessionUpdate = { ...options.initialSession, ...(tools && { tools }) };
  if (options.pushToTalk) Object.assign(update, withDetection(null, update));
  return finished(update, opened);
}

/** What changed options mean for a running session; undefined if nothing has to be sent. */
export function runningUpdate(
  before: VoiceSessionOptions,
  options: VoiceSessionOptions,
  opened: SessionOpened,
): SessionUpdate | undefined {
  const update: SessionUpdate = {};
  const [wasPushToTalk, isPushToTalk] = [before.pushToTalk ?? false, options.pushToTalk ?? false];
  if (wasPushToTalk !== isPushToTalk) {
    Object.assign(update, withDetection(isPushToTalk ? null : handsFreeDetection(options, opened)));
  }
  if (before.tools !== options.tools) {
    const known = knownTools(options, opened);
    const wereAnnounced = announcedTools(before.tools, known) !== undefined;
    // When the page takes all its tools back, the session keeps those that it had without them.
    const tools = announcedTools(options.tools, known) ?? (wereAnnounced ? known : undefined);
    if (tools) Object.assign(update, { tools });
  }
  return finished(update, opened);
}

/** The tools of the session without the option `tools`. */
function knownTools({ initialSession }: VoiceSessionOptions, { tools }: SessionOpened): readonly unknown[] {
  return list(initialSession?.['tools'] ?? tools);
}

/** The service answers 400 to an update that names another type than the session's own. */
function finished(update: SessionUpdate, { kind }: SessionOpened): SessionUpdate | undefined {
  if (Object.keys(update).length === 0) return undefined;
  return kind === 'transcription' ? { type: kind, ...update } : update;
}

/** What changes in the session, beyond what `openingUpdate()` sends, when push-to-talk is turned off in a call. */
export function handsFreeUpdate(options: VoiceSessionOptions, opened: SessionOpened): SessionUpdate {
  return wantedDetection(options, opened) === null ? withDetection(DEFAULT_DETECTION) : {};
}

/** How the service is to detect turns without push-to-talk: as the page or the token says, or by default. */
export function handsFreeDetection(options: VoiceSessionOptions, opened: SessionOpened): unknown {
  return wantedDetection(options, opened) ?? DEFAULT_DETECTION;
}

/** The turn detection that the page or the token asks for; null = off, undefined = not stated. */
export function wantedDetection({ initialSession }: VoiceSessionOptions, { turnDetection }: SessionOpened): unknown {
  const { turn_detection = turnDetection } = fields(fields(fields(initialSession)['audio'])['input']);
  return turn_detection;
}

export function withDetection(detection: unknown, update: SessionUpdate = {}): SessionUpdate {
  const audio = fields(update['audio']);
  return { audio: { ...audio, input: { ...fields(audio['input']), turn_detection: detection } } };
}
