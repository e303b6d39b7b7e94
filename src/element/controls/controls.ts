import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { button } from './button.js';
import { hangUpIcon, microphoneIcon, mutedIcon } from './icons.js';
import type { Intent } from './intent.js';

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

/**
 * The row of a call: mute and end. Both are there from the start to the end, each in its place, so that nothing moves
 * under a pointer. With push-to-talk the microphone is silent anyway between turns; only a muted one needs its button.
 */
export function renderCall(host: CallHost, hasTalkButton: boolean, strings: Strings): TemplateResult {
  const connecting = host.state === 'connecting';
  const end = button({
    name: 'end',
    label: connecting ? strings.cancel : strings.end,
    reserve: connecting ? strings.end : strings.cancel,
    icon: hangUpIcon,
    onClick: () => host.stop(),
  });
  const needsMicrophoneButton = !hasTalkButton || host.muted;
  return html`<div class="row call" part="controls">
    ${needsMicrophoneButton ? renderMicrophoneButton(host, !hasTalkButton, strings) : nothing} ${end}
  </div>`;
}

/**
 * Mutes the microphone, or turns it on in a call that began without. To mute gets the focus, not to end the call: the
 * next press may have been meant for something else, and must not turn on a microphone either. Its label says what a
 * press does, so that it needs no `aria-pressed`: with both, a screen reader would say “Unmute, pressed”.
 */
function renderMicrophoneButton(host: CallHost, main: boolean, strings: Strings): TemplateResult {
  const { muted, session, state } = host;
  const microphone = session?.microphone;
  // While the call connects, the visitor may mute already.
  if (microphone === 'on' || (microphone === 'asking' && state === 'connecting')) {
    const [label, icon] = muted ? [strings.unmute, mutedIcon] : [strings.mute, microphoneIcon];
    return button({ name: 'mute', label, icon, main, onClick: () => host.visitorMutes(!muted) });
  }
  return button({
    name: 'mute',
    label: strings.turnOnMicrophone,
    icon: mutedIcon,
    waiting: microphone === 'asking' || state === 'connecting',
    // A notice shows the failure.
    onClick: () => host.enableMicrophone().catch(() => {}),
  });
}
