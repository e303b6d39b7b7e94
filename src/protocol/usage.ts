import { count, fields } from '../json-fields.js';

/** Token counts by kind, as the service reports them for billing. A count that is not reported is 0. */
export interface Usage {
  /** Input and output tokens of the responses. */
  readonly totalTokens: number;
  /** Input tokens of all kinds. */
  readonly inputTokens: number;
  /** The text tokens of `inputTokens`. */
  readonly inputTextTokens: number;
  /** The audio tokens of `inputTokens`. */
  readonly inputAudioTokens: number;
  /** The tokens of `inputTokens` that were cached and cost less. */
  readonly cachedTokens: number;
  /** Output tokens of all kinds. */
  readonly outputTokens: number;
  /** The text tokens of `outputTokens`. */
  readonly outputTextTokens: number;
  /** The audio tokens of `outputTokens`. */
  readonly outputAudioTokens: number;
  /** Tokens of the separate model that transcribes the visitor's speech. */
  readonly transcriptionTokens: number;
  /** Seconds of transcribed speech, if the transcription model is billed by duration. */
  readonly transcriptionSeconds: number;
}

/** Reads the `usage` of a response or of a transcription. */
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

/** The sum of two usages. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum = { ...a } as { -readonly [Kind in keyof Usage]: number };
  for (const kind of Object.keys(sum) as (keyof Usage)[]) sum[kind] += b[kind];
  return sum;
}
