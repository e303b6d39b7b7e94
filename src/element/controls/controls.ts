import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from './button.js';
import { microphoneIcon, mutedIcon } from './icons.js';
import type { Intent } from './intent.js';
import type { TalkButton } from './talk-button.js';

/** What the buttons of a call show and do. */
export interface CallHost {
  readonly muted: boolean;
  readonly state: VoiceState;
  readonly disabled: boolean;
  readonly session: { readonly microphone: 'off' | 'asking' | 'on' } | undefined;
  stop(): void;
  visitorMutes(muted: boolean): void;
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
    onClick: () => host.stop(),
  });
  return html`<div class="stack" part="controls">
    ${talk ? talk.render(strings) : nothing}
    <div class="row">${needsMicrophoneButton ? renderMicrophoneButton(host, !talk, strings) : nothing}${end}</div>
  </div>`;
}

/**
 * Mutes the microphone, or turns it on in a call that began without. It gets the focus, not the button that ends the
 * call: the next press may have been meant for something else.
 */
function renderMicrophoneButton(host: CallHost, main: boolean, { mute, turnOnMicrophone }: Strings): TemplateResult {
  const { muted, session } = host;
  const icon = muted ? mutedIcon : microphoneIcon;
  const toggle = (): void => host.visitorMutes(!muted);
  if (session?.microphone === 'on') {
    return button({ name: 'mute', label: mute, icon, main, pressed: muted, onClick: toggle });
  }
  return button({
    name: 'mute',
    label: turnOnMicrophone,
    icon: microphoneIcon,
    main,
    disabled: session?.microphone === 'asking',
    // A notice shows the failure.
    onClick: () => host.enableMicrophone().catch(() => {}),
  });
}
