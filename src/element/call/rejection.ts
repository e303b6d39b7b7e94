/** A rejected promise. When nobody handles it, it is not reported: as with a start that fails, nobody has to. */
export function rejectQuietly(reason: Error): Promise<never> {
  const rejection = Promise.reject(reason);
  rejection.catch(() => {});
  return rejection;
}
