/** What comes by itself, or gets the focus so, counts a press only after half a second. In milliseconds. */
export const HEEDED_MS = 520;

export function untilItCounts(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, HEEDED_MS));
}
