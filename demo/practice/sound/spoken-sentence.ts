import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Clip } from './speech.js';

const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/practice-speech/', import.meta.url));

/** A sentence that was spoken once, on disk: speaking takes much more of a small machine than a call does. */
export class SpokenSentence {
  readonly #path: string;

  /** @param rate words per minute */
  constructor(sentence: string, rate: number) {
    this.#path = FOLDER + createHash('sha256').update(`${rate} ${sentence}`).digest('hex');
  }

  /** Undefined where it was not spoken yet, or cannot be read. */
  async read(): Promise<Clip | undefined> {
    try {
      const file = await readFile(this.#path);
      const head = file.readUInt32LE();
      const words = JSON.parse(file.toString('utf8', 4, 4 + head)) as Clip['words'];
      const bytes = Uint8Array.prototype.slice.call(file, 4 + head);
      return { words, samples: new Int16Array(bytes.buffer) };
    } catch {
      return undefined;
    }
  }

  /** Appears whole or not at all, as several servers may speak at once. Where it cannot be kept, it is spoken again. */
  async write({ words, samples }: Clip): Promise<void> {
    const head = Buffer.from(JSON.stringify(words));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    const draft = `${this.#path}.${process.pid}`;
    try {
      mkdirSync(FOLDER, { recursive: true });
      await writeFile(
        draft,
        Buffer.concat([length, head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]),
      );
      await rename(draft, this.#path);
    } catch {
      // It is a convenience.
    }
  }
}
