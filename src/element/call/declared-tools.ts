import { VoiceError } from '../../errors.js';
import type { VoiceSessionOptions } from '../../session/session-options.js';

type ToolOptions = Pick<VoiceSessionOptions, 'tools' | 'fault'>;
type Tools = NonNullable<ToolOptions['tools']>;

/**
 * Reads `<script type="application/json" slot="tools">`: an array of tools, each with its `name`, for pages whose
 * scripts only listen to `voice-tool-call`.
 */
export class DeclaredTools {
  readonly #host: Element;
  #json = '';
  #own: Tools = [];
  #options: ToolOptions = { tools: [], fault: undefined };

  constructor(host: Element) {
    this.#host = host;
  }

  /** The tools set by script and the declared ones; the same objects until either changes. */
  with(own: Tools): ToolOptions {
    const json = this.#host.querySelector(':scope > [slot=tools]')?.textContent ?? '';
    if (json === this.#json && own === this.#own) return this.#options;
    this.#json = json;
    this.#own = own;
    return (this.#options = read(json, own));
  }
}

function read(json: string, own: Tools): ToolOptions {
  try {
    const declared = JSON.parse(json || '[]') as Tools;
    if (!declared.every(({ name }) => name)) throw new Error('a tool has no name');
    return { tools: [...own, ...declared], fault: undefined };
  } catch (cause) {
    return {
      tools: own,
      fault: new VoiceError('configuration', `slot="tools" holds no JSON array of tools: ${String(cause)}`),
    };
  }
}
