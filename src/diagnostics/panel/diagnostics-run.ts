import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { checkEnvironment } from '../check-environment.js';
import type { EndpointOptions } from '../endpoint-options.js';
import type { CheckName, EnvironmentCheck, EnvironmentReport } from '../environment-check.js';

/** Where a run of the checks stands. */
export type RunPhase = 'idle' | 'running' | 'stopped' | 'broken' | 'done';

/** The question whether the chime was heard. */
export interface SoundQuestion {
  playAgain(): void;
  answer(heard: boolean): void;
}

type Shown = Partial<Omit<DiagnosticsRun, 'start' | 'stop' | 'hostDisconnected'>>;

const NOTHING_UNDER_WAY = { current: undefined, microphone: undefined, question: undefined };

/** Runs the checks for the panel, and holds what the panel shows of them. It stops when the panel leaves the page. */
export class DiagnosticsRun implements ReactiveController {
  phase: RunPhase = 'idle';
  /** The check under way. */
  current: CheckName | undefined;
  /** The results so far. */
  checks: readonly EnvironmentCheck[] = [];
  report: EnvironmentReport | undefined;
  question: SoundQuestion | undefined;
  /** The name of the microphone while it is listened to. */
  microphone: string | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #onLevel: (level: number) => void;
  #controller: AbortController | undefined;
  #running: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost, onLevel: (level: number) => void) {
    this.#host = host;
    this.#onLevel = onLevel;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Call it in a press. While the checks run, it returns the promise of their end. Never rejects. */
  start(options: EndpointOptions): Promise<void> {
    if (this.phase !== 'running') this.#running = this.#check(options);
    return this.#running!;
  }

  /** Stops at once: what the checks do while they end is not shown any more, and they can start again. */
  stop(): void {
    this.#controller?.abort();
    if (this.phase === 'running') this.#show({ phase: 'stopped', ...NOTHING_UNDER_WAY });
  }

  async #check(options: EndpointOptions): Promise<void> {
    const controller = (this.#controller = new AbortController());
    const { signal } = controller;
    const update = (change: Shown): void => {
      if (!signal.aborted) this.#show(change);
    };
    update({ phase: 'running', checks: [], report: undefined });
    try {
      const report = await checkEnvironment({
        ...options,
        microphone: true,
        signal,
        onBegin: (current) => update({ current, microphone: undefined }),
        onCheck: (check) => update({ checks: [...this.checks, check] }),
        onLevel: (level, name) => {
          if (this.microphone !== name) update({ microphone: name });
          this.#onLevel(level);
        },
        confirmSound: ({ play, signal: ended }) => this.#ask(play, ended, update),
      });
      update({ phase: 'done', report, ...NOTHING_UNDER_WAY });
    } catch {
      update({ phase: 'broken', ...NOTHING_UNDER_WAY });
    }
  }

  #ask(playAgain: () => void, ended: AbortSignal, update: (change: Shown) => void): Promise<boolean> {
    ended.addEventListener('abort', () => update({ question: undefined }));
    return new Promise((resolve) => {
      const answer = (heard: boolean): void => {
        update({ question: undefined });
        resolve(heard);
      };
      update({ question: { playAgain, answer } });
    });
  }

  #show(change: Shown): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}
