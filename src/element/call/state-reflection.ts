export interface StateHost extends Element {
  readonly state: string;
  readonly muted: boolean;
  readonly userSpeaking: boolean;
}

/**
 * Shows the state to style sheets: as the attribute `state`, and as custom states where the browser has them. Called
 * without waiting for the next rendering: listeners of a state change find the attribute changed.
 */
export function reflectState(host: StateHost, internals: ElementInternals | undefined): void {
  const { state } = host;
  if (host.getAttribute('state') !== state) host.setAttribute('state', state);
  const states = internals?.states;
  if (!states) return;
  try {
    states.clear();
    states.add(state);
    if (host.muted) states.add('muted');
    if (host.userSpeaking) states.add('user-speaking');
  } catch {
    // Chromium before 125 accepts only names with two dashes, and with them another selector.
  }
}
