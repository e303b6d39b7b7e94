/** The state as style sheets see it. */
export interface StateHost extends Element {
  readonly state: string;
  readonly muted: boolean;
  readonly userSpeaking: boolean;
}

/**
 * Shows the state to style sheets, as the attribute `state` and as custom states where the browser has them. It does
 * not wait for the next rendering, so that listeners of a state change find the attribute changed.
 */
export class StateReflection {
  readonly #host: StateHost;
  readonly #customStates: CustomStateSet | undefined;
  #state = '';

  constructor(host: StateHost, internals: ElementInternals | undefined) {
    this.#host = host;
    this.#customStates = internals?.states;
  }

  /** Writes what has changed since the last call, and nothing else. */
  reflect(): void {
    const { state, muted, userSpeaking } = this.#host;
    this.#setCustomState('muted', muted);
    this.#setCustomState('user-speaking', userSpeaking);
    // The page may have changed the attribute.
    if (this.#host.getAttribute('state') !== state) this.#host.setAttribute('state', state);
    if (state === this.#state) return;
    this.#setCustomState(this.#state, false);
    this.#setCustomState(state, true);
    this.#state = state;
  }

  #setCustomState(name: string, on: boolean): void {
    const states = this.#customStates;
    if (!states || states.has(name) === on) return;
    try {
      if (on) states.add(name);
      else states.delete(name);
    } catch {
      // Chromium before 125 accepts only names that begin with two dashes, and uses another selector for them.
    }
  }
}
