const EVERY_MS = 50;

/** Reads a value every 50 ms until it is `enough`. After `limitMs` it throws, with the last value in the message. */
export async function until<Seen>(
  what: string,
  ask: () => Seen | Promise<Seen>,
  enough: (seen: Seen) => boolean = Boolean,
  limitMs = 20_000,
): Promise<Seen> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await ask();
    if (enough(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`Timed out waiting until ${what}; last value: ${JSON.stringify(seen, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
