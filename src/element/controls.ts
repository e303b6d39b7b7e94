import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { microphoneIcon, mutedIcon } from './icons.js';
import type { TalkButton } from './talk-button.js';

/** What the buttons do. */
export interface CallActions {
  /** The visitor's wish to begin, by a button; failures are shown, not thrown. */
  begin(options?: { microphone: boolean }): void;
  warm(): void;
  stop(): void;
  toggleMute(): void;
  turnOnMicrophone(): void;
}

/** The storey where a call begins: one wide button, and beside it the way round a microphone that is missing. */
export function renderStart(
  strings: Strings,
  actions: CallActions,
  { label, byTyping, disabled }: { label: string | undefined; byTyping: boolean; disabled: boolean },
): TemplateResult | typeof nothing {
  if (!label && !byTyping) return nothing;
  return html`<div class="start" part="controls">
    ${label
      ? html`<button
          class="button primary"
          part="start-button"
         
          data-main
          ?disabled=${disabled}
          @click=${() => actions.begin()}
          @pointerenter=${() => actions.warm()}
          @focus=${() => actions.warm()}
        >
          ${microphoneIcon}<span>${label}</span>
        </button>`
      : nothing}
    ${byTyping
      ? html`<button class="button quiet" ?disabled=${disabled} @click=${() => actions.begin({ microphone: false })}>
          ${strings.continueByTyping}
        </button>`
      : nothing}
  </div>`;
}

export interface CallView {
  readonly connecting: boolean;
  readonly microphone: 'off' | 'asking' | 'on';
  readonly muted: boolean;
  /** Given when the visitor holds a button to speak. */
  readonly talk: TalkButton | undefined;
}

/** The row of a running call: mute and end, and the wide talk button above them where holding is the way to speak. */
export function renderCall(strings: Strings, actions: CallActions, view: CallView): TemplateResult {
  const hearing = view.microphone === 'on';
  const talk = hearing && !view.connecting ? view.talk : undefined;
  return html`<div class="call" part="controls" @keydown=${ignoreRepeats}>
    ${talk?.render(strings) ?? nothing}
    <div class="row">
      ${view.connecting || (talk && !view.muted) ? nothing : hearing ? renderMute(strings, actions, view.muted) : renderTurnOn(strings, actions, view)}
      <button class="button end" part="end-button" ?data-main=${!talk} @click=${endOnce(actions)}>
        ${view.connecting ? strings.cancel : strings.end}
      </button>
    </div>
  </div>`;
}

function renderMute(strings: Strings, actions: CallActions, muted: boolean): TemplateResult {
  return html`<button
    class="button quiet"
    part="mute-button"
   
    aria-pressed=${muted ? 'true' : 'false'}
    @click=${() => actions.toggleMute()}
  >
    ${muted ? mutedIcon : microphoneIcon}<span>${strings.mute}</span>
  </button>`;
}

function renderTurnOn(strings: Strings, actions: CallActions, { microphone }: CallView): TemplateResult {
  return html`<button
    class="button quiet"
    part="mute-button"
   
    ?disabled=${microphone === 'asking'}
    @click=${() => actions.turnOnMicrophone()}
  >
    ${microphoneIcon}<span>${strings.turnOnMicrophone}</span>
  </button>`;
}

/** The button that starts a call gives way to the one that ends it: the second half of a double click is no wish to end. */
function endOnce(actions: CallActions): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail < 2) actions.stop();
  };
}

/** Nor is a key that is still held down. */
function ignoreRepeats(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
