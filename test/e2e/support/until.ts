const EVERY_MS = 50;

/** Asks again and again until the answer is enough. Fails with the last answer, so that a failure explains itself. */
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
      throw new Error(`Waited in vain until ${what}; last seen: ${JSON.stringify(seen, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
