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

  constructor(host: ReactiveControllerHost, onLevel: (level: number) => void) {
    this.#host = host;
    this.#onLevel = onLevel;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Call it in a press. Does nothing while the checks run. Never rejects. */
  async start(options: EndpointOptions): Promise<void> {
    if (this.phase === 'running') return;
    const controller = (this.#controller = new AbortController());
    const { signal } = controller;
    this.#update({ phase: 'running', checks: [], report: undefined });
    try {
      const report = await checkEnvironment({
        ...options,
        microphone: true,
        signal,
        onBegin: (current) => this.#update({ current, microphone: undefined }),
        onCheck: (check) => this.#update({ checks: [...this.checks, check] }),
        onLevel: (level, name) => {
          if (this.microphone !== name) this.#update({ microphone: name });
          this.#onLevel(level);
        },
        confirmSound: ({ play, signal: ended }) => this.#ask(play, ended),
      });
      this.#update({ phase: 'done', report });
    } catch {
      this.#update({ phase: signal.aborted ? 'stopped' : 'broken' });
    }
    this.#update({ current: undefined, microphone: undefined, question: undefined });
  }

  stop(): void {
    this.#controller?.abort();
  }

  #ask(playAgain: () => void, ended: AbortSignal): Promise<boolean> {
    ended.addEventListener('abort', () => this.#update({ question: undefined }));
    return new Promise((resolve) => {
      const answer = (heard: boolean): void => {
        this.#update({ question: undefined });
        resolve(heard);
      };
      this.#update({ question: { playAgain, answer } });
    });
  }

  #update(change: Partial<Omit<DiagnosticsRun, 'start' | 'stop' | 'hostDisconnected'>>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}
