import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

export interface AvatarHost extends ReactiveControllerHost {
  /** URL of a picture of the assistant. */
  readonly avatarSrc: string | undefined;
}

/**
 * The picture of the assistant: that of the page, in the slot or by its URL. It is decorative, because the name stands
 * beside it. A picture that cannot be loaded is left out.
 */
export class Avatar implements ReactiveController {
  readonly #host: AvatarHost;
  #broken: string | undefined;

  constructor(host: AvatarHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The same URL may work when the page sets it again. */
  hostUpdate(): void {
    if (this.#broken !== this.#host.avatarSrc) this.#broken = undefined;
  }

  render(instead?: TemplateResult): TemplateResult {
    const { avatarSrc } = this.#host;
    const shown = avatarSrc && avatarSrc !== this.#broken;
    const picture = html`<img class="avatar" part="avatar" src=${avatarSrc} alt="" @error=${this.#failed} />`;
    return html`<slot name="avatar">${shown ? picture : instead}</slot>`;
  }

  readonly #failed = (): void => {
    this.#broken = this.#host.avatarSrc;
    this.#host.requestUpdate();
  };
}
