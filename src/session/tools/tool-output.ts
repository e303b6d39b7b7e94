import { textOf } from '../../errors.js';
import { toJson } from '../../json-text.js';

/** A larger output fits neither every data channel nor any useful context; in bytes. */
const MAX_SIZE = 64 * 1024;
/** How much of an error the model is told, in characters. */
const MAX_ERROR = 1_000;

/** Runs a tool and returns its result, or its error, as the string that the model gets. Never rejects. */
export async function toolOutput(run: () => Promise<unknown>): Promise<string> {
  try {
    const result = await run();
    const output = typeof result === 'string' ? result : (toJson(result) ?? 'null');
    const { size } = new Blob([output]);
    if (size > MAX_SIZE) throw new Error(`The result has ${size} bytes, more than ${MAX_SIZE}.`);
    return output;
  } catch (error) {
    return toolError(error);
  }
}

/** The output of a tool that failed. */
export function toolError(error: unknown): string {
  const message = textOf(() => (error instanceof Error ? error.message : error));
  return toJson({ error: message.slice(0, MAX_ERROR) });
}
