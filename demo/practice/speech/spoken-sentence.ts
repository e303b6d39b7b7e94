import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_FOLDER, SOURCE_HASH } from '../programs.js';
import type { Clip } from '../sound/speech.js';

/** Another source may make another sound of the same sentence. */
const FOLDER = join(CACHE_FOLDER, `${SOURCE_HASH}-speech`);

/** A sentence on disk. To synthesize it again would cost a small machine more than a call does. */
export class SpokenSentence {
  readonly #path: string;

  /** @param rate words per minute */
  constructor(sentence: string, rate: number) {
    this.#path = join(FOLDER, createHash('sha256').update(`${rate} ${sentence}`).digest('hex'));
  }

  /** Undefined if the sentence is not kept or cannot be read. */
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

  /** Writes a draft and renames it, because several servers may write the same sentence. A failure does no harm. */
  async write({ words, samples }: Clip): Promise<void> {
    const head = Buffer.from(JSON.stringify(words));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    const draft = `${this.#path}.${process.pid}`;
    try {
      mkdirSync(FOLDER, { recursive: true });
      await writeFile(draft, Buffer.concat([length, head, sound]));
      await rename(draft, this.#path);
    } catch {
      // The sentence is synthesized again next time.
    }
  }
}
