import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import { settingsIcon } from '../controls/icons.js';
import { Part } from '../part.js';
import { Stored } from './stored-choice.js';
import type { ControllerHost } from '../view-element.js';

/** What a visitor may have chosen. */
interface Choices {
  readonly inputDeviceId?: string;
  readonly outputDeviceId?: string;
  /** 0…1 */
  readonly volume?: number;
  readonly captions?: boolean;
  readonly largeCaptions?: boolean;
}

export interface SettingsHost extends ControllerHost {
  readonly noTranscript: boolean;
  /** Given while a call runs. */
  readonly session: unknown;
}

/** The visitor's own choices: devices, volume and captions. Remembered for the site, once something was chosen. */
export class Settings extends Part<SettingsHost> {
  readonly #stored = new Stored<Choices>('settings');
  #devices: readonly MediaDeviceInfo[] = [];
  #open = false;
  #used = false;

  /** None before the visitor has started a call or opened the settings: until then nothing of theirs is read. */
  get choices(): Choices {
    return this.#used ? Object(this.#stored.value) : {};
  }

  use(): void {
    this.#used = true;
  }

  hostDisconnected(): void {
    this.#show(false);
  }

  /** Names are told only after the microphone was allowed. */
  readonly refresh = async (): Promise<void> => {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    this.host.requestUpdate();
  };

  renderButton(strings: Strings): TemplateResult {
    return html`<button
      class="gear"
      part="settings-button"
      aria-label=${strings.settings}
      aria-expanded=${this.#open}
      @click=${() => this.#show(!this.#open)}
    >
      ${settingsIcon}
    </button>`;
  }

  render(strings: Strings): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const { volume = 1, captions = true, largeCaptions = false } = this.choices;
    const check = (name: 'captions' | 'largeCaptions', checked: boolean): TemplateResult =>
      html`<label class="choice"><input type="checkbox" name=${name} .checked=${checked} />${strings[name]}</label>`;
    return html`<div
      class="settings"
      part="settings"
      role="group"
      aria-label=${strings.settings}
      @input=${this.#choose}
    >
      ${this.#renderDevices(strings.microphone, 'audioinput', 'inputDeviceId', strings)}
      ${'setSinkId' in HTMLMediaElement.prototype ? this.#renderDevices(strings.speaker, 'audiooutput', 'outputDeviceId', strings) : nothing}
      <label class="choice"
        ><span>${strings.volume}</span><input type="range" name="volume" max="1" step="0.05" .value=${String(volume)}
      /></label>
      ${this.host.noTranscript ? nothing : [check('captions', captions), check('largeCaptions', largeCaptions)]}
    </div>`;
  }

  #renderDevices(
    label: string,
    kind: MediaDeviceKind,
    name: 'inputDeviceId' | 'outputDeviceId',
    strings: Strings,
  ): TemplateResult {
    const chosen = this.choices[name] ?? '';
    const option = (id: string, words: string): TemplateResult =>
      html`<option value=${id} ?selected=${id === chosen}>${words}</option>`;
    // A device without a name is one that the page may not know yet.
    const devices = this.#devices.filter(
      (device) => device.kind === kind && device.label && device.deviceId !== 'default',
    );
    return html`<label class="choice"
      ><span>${label}</span
      ><select name=${name}>
        ${option('', strings.systemDefault)}${devices.map((device) => option(device.deviceId, device.label))}
      </select>
      ${kind === 'audioinput' && this.host.session ? html`<progress value="0" aria-hidden="true"></progress>` : nothing}
    </label>`;
  }

  readonly #choose = ({ target }: Event): void => {
    const { name, type, value, checked } = target as HTMLInputElement;
    this.#stored.value = { ...this.choices, [name]: type === 'checkbox' ? checked : type === 'range' ? +value : value };
    this.host.requestUpdate();
  };

  #show(open: boolean): void {
    this.#open = open;
    if (open) {
      this.use();
      navigator.mediaDevices?.addEventListener('devicechange', this.refresh);
      void this.refresh();
    } else navigator.mediaDevices?.removeEventListener('devicechange', this.refresh);
    this.host.requestUpdate();
  }
}
