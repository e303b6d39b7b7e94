import type { CallDescription, CallReport } from '../call/call-description.js';
import type { CallProcess } from './call-process.js';

/** A call whose offer has been answered. It stays known after its process has gone. */
export class PlacedCall {
  readonly process: CallProcess;
  /** Resolves when the process is gone: with its signal or exit code if the call had not ended, else undefined. */
  readonly crash: Promise<string | undefined>;
  #last: CallReport;
  #gone = false;

  constructor(process: CallProcess, first: CallReport) {
    this.process = process;
    this.#last = first;
    this.crash = process.exited.then((how) => this.#processExited(how));
  }

  get id(): string {
    return this.#last.id;
  }

  get ended(): boolean {
    return this.#gone || this.process.finalReport !== undefined;
  }

  async describe(): Promise<CallDescription> {
    if (!this.ended) {
      const report = await this.process.commands.report().catch(() => undefined);
      if (report && !this.#gone) this.#last = report;
    }
    const { clientEvents, finalReport } = this.process;
    return { ...(finalReport ?? this.#last), clientEvents };
  }

  /** @returns how many of the texts were sent to the client */
  async send(texts: readonly string[]): Promise<number> {
    return (await this.#command(({ send }) => send(texts))) ?? 0;
  }

  /** Resolves when the call has ended. */
  get over(): Promise<void> {
    return this.process.callOver;
  }

  /** An event of the site's server. */
  async receive(text: string): Promise<void> {
    await this.#command((commands) => commands.receive(text));
  }

  /** Tells of each event that is sent to the client. @returns a function that ends this */
  async listen(listener: (text: string) => void): Promise<() => void> {
    const { listeners } = this.process;
    const tap = (tapped: boolean) => this.#command((commands) => commands.setTapped(tapped));
    listeners.add(listener);
    await tap(true);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) void tap(false);
    };
  }

  /** What was heard in the last minute: 16 bit, mono, 48 kHz. */
  async sound(): Promise<Int16Array> {
    return (await this.#command(({ sound }) => sound())) ?? new Int16Array();
  }

  async setScripted(scripted: boolean): Promise<void> {
    await this.#command((commands) => commands.setScripted(scripted));
  }

  async closeChannel(): Promise<void> {
    await this.#command((commands) => commands.closeChannel());
  }

  async hangUp(): Promise<void> {
    await this.#command((commands) => commands.hangUp());
  }

  /** Ends the call without a goodbye. */
  async drop(): Promise<void> {
    await this.#command((commands) => commands.end());
  }

  /** A call that has ended takes no commands. */
  async #command<T>(run: (commands: CallProcess['commands']) => Promise<T>): Promise<T | undefined> {
    if (this.ended) return undefined;
    return run(this.process.commands).catch(() => undefined);
  }

  /** @returns how the process ended, if that ended the call too */
  #processExited(how: string): string | undefined {
    const crashed = !this.ended;
    this.#gone = true;
    if (!crashed) return undefined;
    console.error(`practice server: the process of call ${this.id} has ended: ${how}`);
    this.#last = { ...this.#last, state: 'closed', channel: 'closed', endedAt: Date.now() };
    return how;
  }
}
