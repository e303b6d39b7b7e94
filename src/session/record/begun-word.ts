/** Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without spaces between words. */
export const WITHOUT_SPACES = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u9fff';

/** The part of a word at the end of a text. In a script without spaces, the text may end anywhere. */
export const BEGUN_WORD = new RegExp(`[^\\s${WITHOUT_SPACES}]*$`);
