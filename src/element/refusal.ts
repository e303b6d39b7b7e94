/** A rejection for whoever asked. It is expected, so it is not reported as unhandled when nobody listens. */
export function refuse(reason: unknown): Promise<never> {
  const refusal = Promise.reject(reason);
  refusal.catch(() => {});
  return refusal;
}
