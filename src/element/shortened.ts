/** More than anybody reads in one place, and less than makes a browser slow; in characters. */
const LONGEST_SHOWN = 20_000;

/** Cuts a text for showing it. */
export function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
