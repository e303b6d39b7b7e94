/** Marks a rejection as foreseen: it is not reported as unhandled when whoever asked does not listen. */
export function foresee(outcome: Promise<unknown>): void {
  outcome.catch(() => {});
}

export function refuse(reason: unknown): Promise<never> {
  const refusal = Promise.reject(reason);
  foresee(refusal);
  return refusal;
}
