/** More than anybody reads in one place, and less than makes a browser slow; in characters. */
const LONGEST_SHOWN = 20_000;

/** Cuts a text for showing it, by default to what a browser bears; `longest` is in characters. */
export function shortened(text: string, longest = LONGEST_SHOWN): string {
  if (text.length <= longest) return text;
  // No half of a character is left at the end.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
