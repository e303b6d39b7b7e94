import { count, fields } from '../json-fields.js';

/** Token counts by kind, as the service bills them. */
export interface Usage {
  readonly totalTokens: number;
  readonly inputTokens: number;
  readonly inputTextTokens: number;
  readonly inputAudioTokens: number;
  /** Part of `inputTokens` that was cached and costs less. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly outputTextTokens: number;
  readonly outputAudioTokens: number;
  /** Tokens of the separate model that writes down the visitor's speech. */
  readonly transcriptionTokens: number;
  /** Seconds of speech, where the transcription model is billed by duration. */
  readonly transcriptionSeconds: number;
}

/** Reads the `usage` of a response and that of a transcription; what is not there counts nothing. */
export function readUsage(ofResponse?: unknown, ofTranscription?: unknown): Usage {
  const response = fields(ofResponse);
  const input = fields(response['input_token_details']);
  const output = fields(response['output_token_details']);
  const transcription = fields(ofTranscription);
  return {
    totalTokens: count(response['total_tokens']),
    inputTokens: count(response['input_tokens']),
    inputTextTokens: count(input['text_tokens']),
    inputAudioTokens: count(input['audio_tokens']),
    cachedTokens: count(input['cached_tokens']),
    outputTokens: count(response['output_tokens']),
    outputTextTokens: count(output['text_tokens']),
    outputAudioTokens: count(output['audio_tokens']),
    transcriptionTokens: count(transcription['total_tokens']),
    transcriptionSeconds: count(transcription['seconds']),
  };
}

export const NO_USAGE = readUsage();

export function addUsage(a: Usage, b: Usage): Usage {
  const sum = { ...a } as { -readonly [Kind in keyof Usage]: number };
  for (const kind of Object.keys(sum) as (keyof Usage)[]) sum[kind] += b[kind];
  return sum;
}
