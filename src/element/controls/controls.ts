import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from './button.js';
import { microphoneIcon, mutedIcon } from './icons.js';
import type { TalkButton } from './talk-button.js';

/** The element that the buttons act upon. */
export interface CallHost {
  muted: boolean;
  readonly state: VoiceState;
  readonly disabled: boolean;
  readonly session: { readonly microphone: 'off' | 'asking' | 'on' } | undefined;
  stop(): void;
  enableMicrophone(): Promise<void>;
}

/** The visitor's wish to begin, by a button; failures are shown, not thrown. */
export interface StartActions {
  readonly host: CallHost;
  begin(options?: { microphone: boolean }): void;
  warm(): void;
}

/**
 * The storey where a call begins: one wide button, without a label where trying again cannot help, and below it the
 * way round a microphone that is missing.
 */
export function renderStart(
  strings: Strings,
  actions: StartActions,
  label: string | undefined,
  byTyping: boolean,
): TemplateResult | typeof nothing {
  if (!label && !byTyping) return nothing;
  const { disabled } = actions.host;
  return html`<div class="stack" part="controls">
    ${
      label
        ? button({
            name: 'start',
            label,
            icon: microphoneIcon,
            main: true,
            disabled,
            act: () => actions.begin(),
            approach: () => actions.warm(),
          })
        : nothing
    }
    ${byTyping ? button({ name: 'type', label: strings.typeInstead, disabled, act: () => actions.begin({ microphone: false }) }) : nothing}
  </div>`;
}

/**
 * The row of a running call: mute and end, and the wide talk button, if the visitor holds one to speak, above them.
 */
export function renderCall(strings: Strings, host: CallHost, talk: TalkButton | undefined): TemplateResult {
  const connecting = host.state === 'connecting';
  const holding = !connecting && host.session?.microphone === 'on' && talk;
  const end = button({
    name: 'end',
    label: connecting ? strings.cancel : strings.end,
    main: !holding,
    // The button that starts a call gives way to this one: the second half of a double click is no wish to end.
    act: ({ detail }) => detail < 2 && host.stop(),
  });
  return html`<div class="stack" part="controls" @keydown=${ignoreRepeats}>
    ${holding ? holding.render(strings) : nothing}
    <div class="row">${connecting || (holding && !host.muted) ? nothing : renderMicrophone(strings, host)}${end}</div>
  </div>`;
}

/** Mutes the microphone, or turns it on in a call that began without. */
function renderMicrophone(strings: Strings, host: CallHost): TemplateResult {
  const { muted, session } = host;
  if (session?.microphone === 'on') {
    return button({
      name: 'mute',
      label: strings.mute,
      icon: muted ? mutedIcon : microphoneIcon,
      pressed: muted,
      act: () => (host.muted = !muted),
    });
  }
  return button({
    name: 'mute',
    label: strings.turnOnMicrophone,
    icon: microphoneIcon,
    disabled: session?.microphone === 'asking',
    // A failure is told by a notice.
    act: () => host.enableMicrophone().catch(() => {}),
  });
}

/** A key that is still held down since the start is no wish to end either. */
function ignoreRepeats(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
