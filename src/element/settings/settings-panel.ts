import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/lookup.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceEndEvent } from '../../session/events.js';
import type { SessionEvent } from '../call/session-controller.js';
import { settingsIcon } from '../controls/icons.js';
import { languageName, offeredLanguages, tellOfUnknown } from './offered-languages.js';
import { StoredChoice } from './stored-choice.js';

/** What the visitor has chosen; undefined where they have not. */
export interface Choices {
  readonly inputDeviceId?: string;
  readonly outputDeviceId?: string;
  /** Volume of the assistant, 0…1. */
  readonly volume?: number;
  readonly captions?: boolean;
  readonly largeCaptions?: boolean;
  /** One of those that the page offers. */
  readonly language?: string;
}

/** One value of the right type for each choice. */
const EXAMPLES: Required<Choices> = {
  inputDeviceId: '',
  outputDeviceId: '',
  volume: 1,
  captions: true,
  largeCaptions: false,
  language: '',
};

export interface SettingsHost extends ReactiveControllerHost, Element {
  readonly noSettings: boolean;
  readonly noTranscript: boolean;
  readonly languages: string | undefined;
  /** Undefined without a call. */
  readonly session: unknown;
}

/** The visitor's choices of devices, volume, captions and language, remembered once something was chosen. */
export class SettingsPanel implements ReactiveController {
  readonly #host: SettingsHost;
  readonly #stored = new StoredChoice('settings', parseChoices);
  #devices: readonly MediaDeviceInfo[] = [];
  #open = false;
  #mayRead = false;

  constructor(host: SettingsHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Empty until the visitor has started a call or opened the settings: before that nothing stored is read. */
  get choices(): Choices {
    const { language, ...others } = (this.#mayRead && this.#stored.value) || {};
    // The page may offer others now.
    const isOffered = language !== undefined && offeredLanguages(this.#host.languages).includes(language);
    return isOffered ? { ...others, language } : others;
  }

  /** The classes of the card. In a call, large captions are the latest words alone; then all can be read again. */
  get captionSize(): string {
    if (!this.choices.largeCaptions) return '';
    return this.#host.session ? 'large caption' : 'large';
  }

  /** The visitor has done something: from now on the stored choices apply. */
  applyStored(): void {
    this.#mayRead = true;
  }

  /** What to do about a failure has to be seen. */
  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceEndEvent && event.detail.reason === 'error') this.close();
  }

  hostDisconnected(): void {
    this.#setOpen(false);
  }

  /** Escape closes the settings only: the panel around them, and a dialog of the page, stay open. */
  readonly keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !this.#open) return;
    event.stopPropagation();
    const root = this.#host.shadowRoot!;
    if (root.activeElement?.closest('.settings')) root.querySelector<HTMLElement>('[part=settings-button]')!.focus();
    this.#setOpen(false);
  };

  /** To be called also when the focus goes to something that the settings cover. */
  readonly close = (): void => {
    if (this.#open) this.#setOpen(false);
  };

  renderButton(strings: Strings): TemplateResult | typeof nothing {
    if (this.#host.noSettings) return nothing;
    return html`<button
      class="gear"
      part="settings-button"
      aria-label=${strings.settings}
      aria-expanded=${this.#open}
      @click=${() => this.#setOpen(!this.#open)}
    >
      ${settingsIcon}
    </button>`;
  }

  render({ strings, code }: Locale): TemplateResult | typeof nothing {
    if (!this.#open || this.#host.noSettings) return nothing;
    const { volume = 1 } = this.choices;
    const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
    return html`<div
      class="settings"
      part="settings"
      role="group"
      aria-label=${strings.settings}
      @input=${this.#choose}
    >
      ${this.#renderLanguages(strings, code)} ${this.#renderMicrophones(strings)}
      ${canChooseSpeaker ? this.#renderSpeakers(strings) : nothing}
      <label class="choice" part="setting"
        ><span>${strings.volume}</span
        ><input part="setting-field" type="range" name="volume" max="1" step="0.05" .value=${String(volume)}
      /></label>
      ${this.#host.noTranscript ? nothing : this.#renderCaptions(strings)}
    </div>`;
  }

  /** The language that the words are in now is among them, wherever it comes from. */
  #renderLanguages({ language }: Strings, current: string): TemplateResult | typeof nothing {
    tellOfUnknown(this.#host.languages);
    const offered = offeredLanguages(this.#host.languages);
    const chosen = this.choices.language ?? current;
    const codes = offered.includes(chosen) || offered.length === 0 ? offered : [chosen, ...offered];
    // One is no choice.
    if (codes.length < 2) return nothing;
    return html`<label class="choice" part="setting"
      ><span>${language}</span
      ><select part="setting-field" name="language">
        ${codes.map(
          (code) =>
            html`<option value=${code} lang=${code} ?selected=${code === chosen}>${languageName(code)}</option>`,
        )}
      </select>
    </label>`;
  }

  #renderMicrophones({ microphone, systemDefault }: Strings): TemplateResult {
    const chosen = this.choices.inputDeviceId;
    const level = this.#host.session ? html`<progress value="0" aria-hidden="true"></progress>` : nothing;
    return html`<label class="choice" part="setting"
      ><span>${microphone}</span
      ><select part="setting-field" name="inputDeviceId">
        ${this.#renderOptions('audioinput', chosen, systemDefault)}
      </select>
      ${level}
    </label>`;
  }

  #renderSpeakers({ speaker, systemDefault }: Strings): TemplateResult {
    const chosen = this.choices.outputDeviceId;
    return html`<label class="choice" part="setting"
      ><span>${speaker}</span
      ><select part="setting-field" name="outputDeviceId">
        ${this.#renderOptions('audiooutput', chosen, systemDefault)}
      </select>
    </label>`;
  }

  #renderOptions(kind: MediaDeviceKind, chosen = '', systemDefault: string): TemplateResult[] {
    // A device without a label is one that the page may not know yet.
    const devices = this.#devices.filter((it) => it.kind === kind && it.label && it.deviceId !== 'default');
    return [{ deviceId: '', label: systemDefault }, ...devices].map(
      ({ deviceId, label }) => html`<option value=${deviceId} ?selected=${deviceId === chosen}>${label}</option>`,
    );
  }

  #renderCaptions(strings: Strings): TemplateResult[] {
    const { captions = true, largeCaptions = false } = this.choices;
    const checkbox = (name: 'captions' | 'largeCaptions', checked: boolean): TemplateResult =>
      html`<label class="choice" part="setting"
        ><input part="setting-field" type="checkbox" name=${name} .checked=${checked} />${strings[name]}</label
      >`;
    return [checkbox('captions', captions), checkbox('largeCaptions', largeCaptions)];
  }

  readonly #choose = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    this.#stored.value = { ...this.choices, [input.name]: chosenValue(input) };
    this.#host.requestUpdate();
  };

  #setOpen(open: boolean): void {
    this.#open = open;
    this.#host.requestUpdate();
    if (!open) return navigator.mediaDevices?.removeEventListener('devicechange', this.#listDevices);
    this.applyStored();
    navigator.mediaDevices?.addEventListener('devicechange', this.#listDevices);
    void this.#listDevices();
  }

  /** The browser tells labels only after the visitor has allowed the microphone. */
  readonly #listDevices = async (): Promise<void> => {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    this.#host.requestUpdate();
  };
}

/** A choice of another type is as if it had not been made. */
function parseChoices(stored: unknown): Choices {
  const choices = Object.entries(Object(stored) as object);
  return Object.fromEntries(choices.filter(([name, value]) => typeof value === typeof EXAMPLES[name as keyof Choices]));
}

function chosenValue({ type, checked, value }: HTMLInputElement): boolean | number | string {
  if (type === 'checkbox') return checked;
  return type === 'range' ? Number(value) : value;
}
