const told = new Set<string>();

/** Tells the developer of a mistake in the page. */
export function tell(mistake: string): void {
  console.warn(`<realtime-voice> ${mistake}`);
}

/** The same, once a page: libraries that draw it again repeat the mistake. */
export function tellOnce(mistake: string): void {
  if (told.has(mistake)) return;
  told.add(mistake);
  tell(mistake);
}
