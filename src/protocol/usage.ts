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

export const NO_USAGE: Usage = {
  totalTokens: 0,
  inputTokens: 0,
  inputTextTokens: 0,
  inputAudioTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
  transcriptionTokens: 0,
  transcriptionSeconds: 0,
};

export function addUsage(a: Usage, b: Usage): Usage {
  const sum: Record<string, number> = {};
  for (const key of Object.keys(NO_USAGE) as (keyof Usage)[]) sum[key] = a[key] + b[key];
  return sum as unknown as Usage;
}
