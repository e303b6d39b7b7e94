import { type ChildProcess, fork } from 'node:child_process';
import { type BirpcReturn, createBirpc } from 'birpc';
import type { CallReport } from '../call/call-description.js';
import type { CallCommands, CallHost } from '../call/call-protocol.js';
import type { Speech } from '../sound/speech.js';

/** A process that does not answer a command within this time is killed. On a busy machine a start takes seconds. */
const COMMAND_LIMIT_MS = 20_000;
/** A process that has not ended its call within this time is killed. */
const END_LIMIT_MS = 2000;
const KEPT_EVENTS = 5000;

/** A process for one call. If it crashes, only this call is lost. */
export class CallProcess {
  /** Commands reject if the process exits before it answers. */
  readonly commands: BirpcReturn<CallCommands, CallHost>;
  /** Resolves when the process is gone, with its signal or exit code. */
  readonly exited: Promise<string>;
  /** Resolves when its call has ended, or the process is gone. */
  readonly callOver: Promise<void>;
  /** Told of each event that is sent to the client, while the call is tapped. */
  readonly listeners = new Set<(text: string) => void>();
  /** The first events of the client: objects, or the text itself if it was no JSON. */
  readonly clientEvents: unknown[] = [];
  /** The last report of its call, as soon as that has ended. */
  finalReport: CallReport | undefined;
  readonly #child: ChildProcess;

  /** @param program the path of the compiled program */
  constructor(program: string, speech: Speech) {
    const child = fork(program, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let over = (): void => {};
    const callOver = new Promise<void>((resolve) => (over = resolve));
    const host: CallHost = {
      say: (sentence) => speech.say(sentence),
      said: (text) => this.listeners.forEach((listener) => listener(text)),
      received: (text) => {
        if (this.clientEvents.length < KEPT_EVENTS) this.clientEvents.push(eventOf(text));
      },
      ended: (last) => {
        this.finalReport = last;
        over();
      },
    };
    this.#child = child;
    this.callOver = callOver;
    this.commands = createBirpc<CallCommands, CallHost>(host, {
      // A message that cannot be sent is lost together with the process, whose exit is noticed anyway.
      post: (message: object) => child.send(message, () => {}),
      on: (receive) => child.on('message', receive),
      timeout: COMMAND_LIMIT_MS,
      onTimeoutError: () => this.kill(),
    });
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      child.once('error', (error) => resolve(error.message));
    }).then((how) => {
      over();
      this.commands.$close(new Error(`The process of a call has ended: ${how}`));
      return how as string;
    });
  }

  /** 0 if the process could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ends the call, and then the process. Resolves when the process is gone. */
  async end(): Promise<void> {
    const limit = setTimeout(() => this.kill(), END_LIMIT_MS);
    this.commands.end().catch(() => this.kill());
    await this.exited;
    clearTimeout(limit);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

function eventOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
