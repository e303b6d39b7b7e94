/** A piece of a text: words, or a part of the text that is more than words. */
export type Rich = string | RichPart;

export interface RichPart {
  readonly tag: 'p' | 'ul' | 'ol' | 'li' | 'strong' | 'a';
  readonly content: readonly Rich[];
  /** Of a link: an address that is safe to follow. */
  readonly href?: string;
  /** Of a numbered list: its first number. */
  readonly start?: number;
}
