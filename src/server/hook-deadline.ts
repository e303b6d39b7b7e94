const DEADLINE_MS = 5_000;

/** Calls a function of the site and rejects when it has not settled within 5 seconds. */
export async function withinDeadline<T>(
  name: string,
  hook: () => T | Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    const expire = (): void => reject(new HookTimeout(name, deadlineMs));
    // One more turn of the event loop: a process that was busy has not yet read an answer that came in time.
    timer = setTimeout(() => (timer = setTimeout(expire, 0)), deadlineMs);
  });
  try {
    // `race` also handles a rejection that comes after the deadline.
    return await Promise.race([hook(), expired]);
  } finally {
    clearTimeout(timer);
  }
}

class HookTimeout extends Error {
  constructor(hook: string, deadlineMs: number) {
    super(`${hook} did not settle within ${deadlineMs / 1000} s.`);
    this.name = 'HookTimeout';
  }
}
