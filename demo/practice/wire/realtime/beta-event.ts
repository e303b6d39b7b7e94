import { isObject, type JsonObject } from '../../service/json-object.js';

export type NamedEvent = JsonObject & { type: string };

/** Servers that stayed with the beta do not send these events over WebRTC. */
const UNKNOWN_TO_BETA = [
  /^output_audio_buffer\./,
  /^conversation\.item\.(done|retrieved)$/,
  /^conversation\.item\.input_audio_transcription\.(delta|segment)$/,
  /^input_audio_buffer\.timeout_triggered$/,
  /^rate_limits\./,
];
const CONTENT: Readonly<Record<string, string>> = { output_text: 'text', output_audio: 'audio' };

/** The event under its name of the beta; undefined if the beta had no such event. Client events kept their names. */
export function betaEvent(event: NamedEvent): NamedEvent | undefined {
  if (UNKNOWN_TO_BETA.some((pattern) => pattern.test(event.type))) return undefined;
  const type =
    event.type === 'conversation.item.added'
      ? 'conversation.item.created'
      : event.type.replace(/^response\.output_(audio|text)/, 'response.$1');
  // In the beta, only the item named the function.
  const { name: _, ...fields } = event;
  return {
    ...(type === 'response.function_call_arguments.done' ? fields : event),
    type,
    ...(isObject(event['item']) ? { item: betaItem(event['item']) } : {}),
    ...(isObject(event['response']) ? { response: betaResponse(event['response']) } : {}),
    ...(isObject(event['session']) ? { session: betaSession(event['session']) } : {}),
  };
}

function betaItem(item: JsonObject): JsonObject {
  const { content } = item;
  if (!Array.isArray(content)) return item;
  const renamed = (content as JsonObject[]).map((part) => ({
    ...part,
    type: CONTENT[String(part['type'])] ?? part['type'],
  }));
  return { ...item, content: renamed };
}

function betaResponse({ output_modalities: modalities, audio: _, output, ...rest }: JsonObject): JsonObject {
  return { ...rest, modalities, output: Array.isArray(output) ? (output as JsonObject[]).map(betaItem) : [] };
}

/** The session of the beta is flat and has no `type`. */
function betaSession({ type: _, output_modalities, audio, max_output_tokens, ...rest }: JsonObject): JsonObject {
  const { input, output } = isObject(audio) ? audio : {};
  const heard = isObject(input) ? input : {};
  const spoken = isObject(output) ? output : {};
  return {
    ...rest,
    modalities: Array.isArray(output_modalities) && output_modalities[0] === 'text' ? ['text'] : ['audio', 'text'],
    voice: spoken['voice'],
    input_audio_format: 'pcm16',
    output_audio_format: 'pcm16',
    input_audio_transcription: heard['transcription'] ?? null,
    turn_detection: heard['turn_detection'] ?? null,
    max_response_output_tokens: max_output_tokens,
  };
}
