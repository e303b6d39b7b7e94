/** More than this does not fit every data channel, nor any useful context; in bytes. */
const LARGEST = 64 * 1024;

/** Runs a tool and puts its result, or what went wrong, in the string that the model gets. */
export async function toolOutput(run: () => Promise<unknown>): Promise<string> {
  try {
    const output = text(await run());
    const bytes = new TextEncoder().encode(output).length;
    if (bytes <= LARGEST) return output;
    return failure(`The result has ${bytes} bytes, more than ${LARGEST}.`);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function text(result: unknown): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
}

function failure(message: string): string {
  return JSON.stringify({ error: message });
}
