import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from './button.js';
import { microphoneIcon, mutedIcon } from './icons.js';
import type { Intent } from './intent.js';
import type { TalkButton } from './talk-button.js';

/** What the buttons of a call show and do. */
export interface CallHost {
  muted: boolean;
  readonly state: VoiceState;
  readonly disabled: boolean;
  readonly session: { readonly microphone: 'off' | 'asking' | 'on' } | undefined;
  stop(): void;
  enableMicrophone(): Promise<void>;
}

export interface StartView {
  /** Words on the start button; undefined hides it. */
  readonly label: string | undefined;
  /** Offers a call without microphone. */
  readonly canTypeInstead: boolean;
  readonly disabled: boolean;
  readonly start: (options?: { microphone: boolean }) => void;
  readonly startIntent: Intent;
}

/** The controls without a call: a wide start button, and below it the way round a missing microphone. */
export function renderStart(view: StartView, { typeInstead }: Strings): TemplateResult | typeof nothing {
  const { label, canTypeInstead, disabled, start } = view;
  if (!label && !canTypeInstead) return nothing;
  const startWithoutMicrophone = (): void => start({ microphone: false });
  return html`<div class="stack" part="controls">
    ${label ? renderStartButton(label, view) : nothing}
    ${
      canTypeInstead ? button({ name: 'type', label: typeInstead, disabled, onClick: startWithoutMicrophone }) : nothing
    }
  </div>`;
}

function renderStartButton(label: string, { disabled, start, startIntent }: StartView): TemplateResult {
  return button({
    name: 'start',
    label,
    icon: microphoneIcon,
    main: true,
    disabled,
    onClick: () => start(),
    intent: startIntent,
  });
}

/** The controls of a call: a row with mute and end; with push-to-talk, the wide talk button above the row. */
export function renderCall(host: CallHost, talkButton: TalkButton | undefined, strings: Strings): TemplateResult {
  const connecting = host.state === 'connecting';
  const talk = !connecting && host.session?.microphone === 'on' ? talkButton : undefined;
  // With push-to-talk the microphone is silent anyway between turns; only a muted one needs its button.
  const needsMicrophoneButton = !connecting && (!talk || host.muted);
  const end = button({
    name: 'end',
    label: connecting ? strings.cancel : strings.end,
    main: !talk,
    // This button takes the place of the start button: the second half of a double click must not end the call.
    onClick: ({ detail }) => detail < 2 && host.stop(),
  });
  return html`<div class="stack" part="controls" @keydown=${ignoreRepeatedEnter}>
    ${talk ? talk.render(strings) : nothing}
    <div class="row">${needsMicrophoneButton ? renderMicrophoneButton(host, strings) : nothing}${end}</div>
  </div>`;
}

/** Mutes the microphone, or turns it on in a call that began without. */
function renderMicrophoneButton(host: CallHost, { mute, turnOnMicrophone }: Strings): TemplateResult {
  const { muted, session } = host;
  const icon = muted ? mutedIcon : microphoneIcon;
  const toggle = (): void => void (host.muted = !muted);
  if (session?.microphone === 'on') return button({ name: 'mute', label: mute, icon, pressed: muted, onClick: toggle });
  return button({
    name: 'mute',
    label: turnOnMicrophone,
    icon: microphoneIcon,
    disabled: session?.microphone === 'asking',
    // A notice shows the failure.
    onClick: () => host.enableMicrophone().catch(() => {}),
  });
}

/** Enter that is still held down since the start must not press the button that took the place of the start button. */
function ignoreRepeatedEnter(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
