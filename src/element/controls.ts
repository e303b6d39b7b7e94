import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../locales/strings.js';
import { button } from './button.js';
import { microphoneIcon, mutedIcon } from './icons.js';
import type { TalkButton } from './talk-button.js';

/** What the buttons do, and the element that they do it to. */
export interface CallActions {
  readonly host: { muted: boolean; disabled: boolean; stop(): void; enableMicrophone(): Promise<void> };
  /** The visitor's wish to begin, by a button; failures are shown, not thrown. */
  begin(options?: { microphone: boolean }): void;
  warm(): void;
}

export interface StartView {
  /** None where trying again cannot help. */
  readonly label: string | undefined;
  readonly byTyping: boolean;
}

/** The storey where a call begins: one wide button, and below it the way round a microphone that is missing. */
export function renderStart(strings: Strings, actions: CallActions, { label, byTyping }: StartView): TemplateResult | typeof nothing {
  if (!label && !byTyping) return nothing;
  const { disabled } = actions.host;
  const start =
    label &&
    button({
      part: 'start-button',
      look: 'primary',
      icon: microphoneIcon,
      label,
      main: true,
      disabled,
      act: () => actions.begin(),
      approach: () => actions.warm(),
    });
  const typing = byTyping && button({ label: strings.continueByTyping, disabled, act: () => actions.begin({ microphone: false }) });
  return html`<div class="stack" part="controls">${start || nothing}${typing || nothing}</div>`;
}

export interface CallView {
  readonly connecting: boolean;
  readonly microphone: 'off' | 'asking' | 'on';
  /** Given when the visitor holds a button to speak. */
  readonly talk: TalkButton | undefined;
}

/** The row of a running call: mute and end, and the wide talk button above them where holding is the way to speak. */
export function renderCall(strings: Strings, actions: CallActions, { connecting, microphone, talk }: CallView): TemplateResult {
  const { host } = actions;
  const holding = microphone === 'on' && !connecting && talk;
  const end = button({
    part: 'end-button',
    look: 'end',
    label: connecting ? strings.cancel : strings.end,
    main: !holding,
    // The button that starts a call gives way to this one: the second half of a double click is no wish to end.
    act: ({ detail }) => detail < 2 && host.stop(),
  });
  return html`<div class="stack" part="controls" @keydown=${ignoreRepeats}>
    ${holding ? holding.render(strings) : nothing}
    <div class="row">${connecting || (holding && !host.muted) ? nothing : renderMicrophone(strings, host, microphone)}${end}</div>
  </div>`;
}

/** Mutes the microphone, or turns it on in a call that began without. */
function renderMicrophone(strings: Strings, host: CallActions['host'], microphone: CallView['microphone']): TemplateResult {
  const part = 'mute-button';
  if (microphone === 'on') {
    const { muted } = host;
    const icon = muted ? mutedIcon : microphoneIcon;
    return button({ part, look: 'quiet', icon, label: strings.mute, pressed: muted, act: () => (host.muted = !muted) });
  }
  const disabled = microphone === 'asking';
  // A failure is told by a notice.
  const act = (): void => void host.enableMicrophone().catch(() => {});
  return button({ part, icon: microphoneIcon, label: strings.turnOnMicrophone, disabled, act });
}

/** A key that is still held down since the start is no wish to end either. */
function ignoreRepeats(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
