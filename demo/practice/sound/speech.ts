/** Sound and when each word of it begins: 48 kHz mono. The words joined are the whole text. */
export interface Clip {
  samples: Int16Array;
  words: { text: string; ms: number }[];
}

/** Text to speech. */
export interface Speech {
  say(sentence: string): Promise<Clip>;
}

/** Long text is spoken sentence by sentence, so that the first is heard while the rest is still being made. */
export function sentencesOf(text: string): string[] {
  return text.match(/[^.!?]+[.!?]*\s*/g) ?? [text];
}
