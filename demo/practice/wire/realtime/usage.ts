import type { ConversationItem, RealtimeResponseUsage } from 'openai/resources/realtime/realtime';

/** The rates that the service publishes. */
const HEARD_TOKENS_PER_SECOND = 10;
const SPOKEN_TOKENS_PER_SECOND = 20;
const CHARACTERS_PER_TOKEN = 4;

export interface Tokens {
  text: number;
  audio: number;
}

/** Estimates the tokens of responses. There is no tokenizer here. */
export class Usage {
  /** The input of the last response, which counts as cached for the next one. */
  #cached: Tokens = { text: 0, audio: 0 };

  measure(
    instructions: string,
    items: readonly ConversationItem[],
    heardMs: (item: ConversationItem) => number,
  ): Tokens {
    const tokens: Tokens = { text: textTokens(instructions), audio: 0 };
    for (const item of items) {
      tokens.text += textTokens(textOf(item));
      tokens.audio += Math.round((heardMs(item) / 1000) * HEARD_TOKENS_PER_SECOND);
    }
    return tokens;
  }

  report(input: Tokens, output: { text: string; spokenMs: number }): RealtimeResponseUsage {
    const cached = { text: Math.min(input.text, this.#cached.text), audio: Math.min(input.audio, this.#cached.audio) };
    const spoken = Math.round((output.spokenMs / 1000) * SPOKEN_TOKENS_PER_SECOND);
    const written = textTokens(output.text);
    this.#cached = input;
    return {
      total_tokens: input.text + input.audio + spoken + written,
      input_tokens: input.text + input.audio,
      output_tokens: spoken + written,
      input_token_details: {
        text_tokens: input.text,
        audio_tokens: input.audio,
        image_tokens: 0,
        cached_tokens: cached.text + cached.audio,
        cached_tokens_details: { text_tokens: cached.text, audio_tokens: cached.audio, image_tokens: 0 },
      },
      output_token_details: { text_tokens: written, audio_tokens: spoken },
    };
  }
}

function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

function textOf(item: ConversationItem): string {
  switch (item.type) {
    case 'message':
      return item.content.map((part) => part.text ?? ('transcript' in part ? part.transcript : '') ?? '').join(' ');
    case 'function_call':
      return item.name + item.arguments;
    case 'function_call_output':
      return item.output;
    default:
      return '';
  }
}
