import { Beta, isBeta } from './beta.js';
import { Live } from './live.js';
import { realtime } from './realtime.js';
import type { Command, Dialect, Signal, WireEvent } from './signals.js';

/** The dialect that the service turns out to speak: Realtime, until an event shows that it is another one. */
export class DetectedDialect implements Dialect {
  #dialect: Dialect = realtime;
  readonly #onSignal: (signal: Signal) => void;

  /** `onSignal` gets the signals that belong to no event, such as the end of an utterance after a pause. */
  constructor(onSignal: (signal: Signal) => void) {
    this.#onSignal = onSignal;
  }

  read(event: WireEvent): Signal[] {
    if (this.#dialect === realtime) {
      if (event.type === 'session.started') this.#dialect = new Live(this.#onSignal);
      else if (isBeta(event)) this.#dialect = new Beta();
    }
    return this.#dialect.read(event);
  }

  write(command: Command): WireEvent[] {
    return this.#dialect.write(command);
  }

  close(): void {
    this.#dialect.close?.();
  }
}
