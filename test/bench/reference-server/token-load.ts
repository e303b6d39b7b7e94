import autocannon from 'autocannon';

export interface Answer {
  readonly status: number;
  readonly ms: number;
  /** When it came, in milliseconds since the load began. */
  readonly at: number;
}

export interface Load {
  readonly answers: readonly Answer[];
  /** Requests without an answer. */
  readonly failed: number;
}

export interface LoadOptions {
  readonly urls: readonly string[];
  /** Requests a second at all servers together. */
  readonly rate: number;
  readonly seconds: number;
}

/** Sends token requests to each of the servers, as a page does. */
export async function tokenLoad({ urls, rate, seconds }: LoadOptions): Promise<Load> {
  const answers: Answer[] = [];
  const begin = performance.now();
  const loadOf = (url: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = {
        url: `${url}/api/voice-token`,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: url },
        body: '{}',
        connections: 50 / urls.length,
        overallRate: rate / urls.length,
        // Otherwise invented times are added to those that were measured.
        ignoreCoordinatedOmission: true,
        duration: seconds,
      } as const;
      const load = autocannon(options, (error: Error | null, { errors }) => (error ? reject(error) : resolve(errors)));
      load.on('response', (_client, status, _bytes, ms) => {
        answers.push({ status, ms, at: performance.now() - begin });
      });
    });
  const failed = await Promise.all(urls.map(loadOf));
  return { answers, failed: failed.reduce((sum, errors) => sum + errors, 0) };
}
