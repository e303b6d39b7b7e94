import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface StateHost extends ReactiveControllerHost, HTMLElement {
  readonly state: string;
  readonly muted: boolean;
  readonly userSpeaking: boolean;
}

/** Shows the state to style sheets: as the attribute `state`, and as custom states where the browser has them. */
export class StateReflection implements ReactiveController {
  readonly #host: StateHost;
  readonly #internals: ElementInternals | undefined;

  constructor(host: StateHost) {
    this.#host = host;
    this.#internals = host.attachInternals?.();
    host.addController(this);
  }

  hostConnected(): void {
    this.reflect();
  }

  hostUpdate(): void {
    this.reflect();
  }

  /** At once, without waiting for the next rendering: listeners of a state change find the attribute changed. */
  reflect(): void {
    const { state, muted, userSpeaking } = this.#host;
    if (this.#host.getAttribute('state') !== state) this.#host.setAttribute('state', state);
    const states = this.#internals?.states;
    if (!states) return;
    try {
      states.clear();
      states.add(state);
      if (muted) states.add('muted');
      if (userSpeaking) states.add('user-speaking');
    } catch {
      // Chromium before 125 accepts only names with two dashes, and with them another selector.
    }
  }
}
