/** More than this does not fit every data channel, nor any useful context; in bytes. */
const LARGEST = 64 * 1024;

/** Runs a tool and puts its result, or what went wrong, in the string that the model gets. */
export async function toolOutput(run: () => Promise<unknown>): Promise<string> {
  try {
    const result = await run();
    const output = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
    const { size } = new Blob([output]);
    if (size > LARGEST) throw new Error(`The result has ${size} bytes, more than ${LARGEST}.`);
    return output;
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
