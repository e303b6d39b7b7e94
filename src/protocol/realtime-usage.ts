import { count, fields } from './field.js';
import { NO_USAGE, type Usage } from './usage.js';

/** `response.usage` of a `response.done`. */
export function readResponseUsage(value: unknown): Usage {
  const usage = fields(value);
  const input = fields(usage['input_token_details']);
  const output = fields(usage['output_token_details']);
  return {
    ...NO_USAGE,
    totalTokens: count(usage['total_tokens']),
    inputTokens: count(usage['input_tokens']),
    inputTextTokens: count(input['text_tokens']),
    inputAudioTokens: count(input['audio_tokens']),
    cachedTokens: count(input['cached_tokens']),
    outputTokens: count(usage['output_tokens']),
    outputTextTokens: count(output['text_tokens']),
    outputAudioTokens: count(output['audio_tokens']),
  };
}

/** `usage` of a transcription, counted in tokens or in seconds according to the model. */
export function readTranscriptionUsage(value: unknown): Usage {
  const usage = fields(value);
  return {
    ...NO_USAGE,
    transcriptionTokens: count(usage['total_tokens']),
    transcriptionSeconds: count(usage['seconds']),
  };
}
