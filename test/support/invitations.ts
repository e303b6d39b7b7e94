import type { ScriptedSession, ScriptedVoiceElement } from './scripted-session.js';

export interface Scene {
  readonly element: ScriptedVoiceElement;
  readonly session: ScriptedSession;
  /** Starts a call that is ready at once. */
  readonly call: (options?: { microphone: boolean }) => void;
}

/** What invites a visitor to begin, or to go on. Each function runs in the page, as those of the other states. */
export const INVITATIONS: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'idle with starters': async ({ element }) => {
    element.avatarSrc =
      'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4"/></svg>';
    element.greeting = 'Ask me about chairs, fabrics and delivery.';
    element.starters = ['Show me the rust one', 'Is it in stock?', 'How wide is it?', 'When can I have it?'];
    await element.updateComplete;
  },
  suggestions: ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
    session.options.showSuggestions!(['Reserve one', 'And in rust?']);
  },
  'to be continued': ({ session }) => {
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
  },
  'closed launcher': ({ element }) => {
    element.launcherLabel = 'Questions?';
  },
  nudge: async ({ element }) => {
    Object.assign(element, { nudge: 'Questions about the armchair?', nudgeAfter: 0 });
    while (!element.shadowRoot!.querySelector('[part="nudge"]')) await new Promise(requestAnimationFrame);
  },
  'call bar': ({ call }) => call(),
};

/** With the panel of `floating` closed. */
export const CLOSED = new Set(['closed launcher', 'nudge', 'call bar']);
/** A pill has no room for them. */
export const NOT_IN_PILL = new Set(['idle with starters', 'suggestions', 'rating', 'rated']);
