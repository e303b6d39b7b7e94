import type { Command, SessionOpened } from '../../protocol/signals.js';
import { Connection } from '../connection/connection.js';
import { untilAborted } from '../deadline.js';
import type { CallRecord } from '../record/call-record.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { historyCommands, firstHalf } from './history.js';
import type { Attempt } from './redial.js';
import type { SessionChanges } from './session-changes.js';

/** How long the old connection plays on after the new one has the microphone, in milliseconds. */
const OVERLAP = 500;

/** What a takeover needs of the call. */
export interface TakeoverHost {
  readonly options: VoiceSessionOptions;
  readonly signal: AbortSignal;
  readonly record: CallRecord;
  readonly changes: SessionChanges;
  readonly session: SessionOpened | undefined;
  readonly media: { readonly sent: MediaStreamTrack | null; play(track: MediaStreamTrack): void };
  readonly tools: { readonly hasUnansweredCalls: boolean; suspend(): void; resume(): void };
  readonly turns: { reset(): void; responseRequested(): void };
  readonly recovery: { sessionOpened(expiresAt: number | undefined): void };
  connection: Connection;
  /** Opens a connection whose events and signals go to the call. */
  dial(connection: Connection): Promise<void>;
  command(command: Command): void;
}

/** Moves the call from one connection to the next. */
export class Takeover {
  readonly #host: TakeoverHost;

  constructor(host: TakeoverHost) {
    this.#host = host;
  }

  /** Gives the connection up, with everything unfinished in it. Tools run on. */
  drop(): void {
    const { tools, turns, connection, record } = this.#host;
    tools.suspend();
    turns.reset();
    connection.close();
    record.write({ type: 'connection-dropped' });
  }

  /** Opens a new connection beside the present one, which goes on. */
  dial(): Attempt<Connection> {
    const connection = new Connection(this.#host.options);
    const ready = this.#host.dial(connection);
    ready.catch(() => connection.close());
    return { connection, ready };
  }

  /**
   * Puts an open connection in the place of the present one. Unless it happens unnoticed, what was unfinished in the
   * old session is dropped. Resolves to the number of transcript entries that the new session was told.
   */
  async takeOver(connection: Connection, unnoticed: boolean): Promise<number> {
    const host = this.#host;
    const { signal, media } = host;
    const before = host.connection;
    if (!unnoticed) this.drop();
    host.connection = connection;
    host.recovery.sessionOpened(connection.session?.expiresAt);
    const resumedEntries = this.tellHistory(!unnoticed);
    host.tools.resume();
    host.record.changed();
    try {
      // The old connection carries the microphone until the new one does.
      await untilAborted(connection.transport.send(media.sent), signal);
    } finally {
      void this.#closeLater(before);
    }
    signal.throwIfAborted();
    // It may be lost already, and another one in its place.
    if (host.connection === connection) media.play(connection.transport.track);
    return resumedEntries;
  }

  /**
   * Tells the new session what was said. With `answerPending`, a last turn of the visitor without an answer gets one.
   * Returns the number of entries.
   */
  tellHistory(answerPending: boolean): number {
    const { record, session, changes, options, tools, turns } = this.#host;
    const { heard } = record;
    const respond = answerPending && heard.at(-1)?.role === 'user' && !tools.hasUnansweredCalls;
    const commands = historyCommands(heard, session!, changes.mergeInto(options), respond);
    for (const command of commands) this.#tell(command);
    if (respond) turns.responseRequested();
    return heard.length;
  }

  /** Nothing that was said may stop a takeover: what is larger than the channel carries is shortened. */
  #tell(command: Command): void {
    try {
      this.#host.command(command);
    } catch (error) {
      if (command.type !== 'say' || !command.text) throw error;
      this.#tell({ ...command, text: firstHalf(command.text) });
    }
  }

  /** The sound of the new connection takes a moment to begin. */
  async #closeLater(connection: Connection): Promise<void> {
    const overlap = new Promise((resolve) => setTimeout(resolve, OVERLAP));
    await untilAborted(overlap, this.#host.signal).catch(() => {});
    connection.close();
  }
}
