import { VoiceError } from '../../errors.js';
import type { VoiceSessionOptions } from '../../session/session-options.js';

type ToolOptions = Pick<VoiceSessionOptions, 'tools' | 'fault'>;
type Tools = NonNullable<ToolOptions['tools']>;

/**
 * Reads `<script type="application/json" slot="tools">`, an array of tools with names, for pages whose scripts only
 * listen to `voice-tool-call`.
 */
export class DeclaredTools {
  readonly #host: Element;
  #json = '';
  #scriptTools: Tools = [];
  #options: ToolOptions = { tools: [], fault: undefined };

  constructor(host: Element) {
    this.#host = host;
  }

  /** The tools set by a script and the declared ones; the same objects until either changes. */
  addTo(scriptTools: Tools): ToolOptions {
    const json = this.#host.querySelector(':scope > [slot=tools]')?.textContent ?? '';
    if (json === this.#json && scriptTools === this.#scriptTools) return this.#options;
    this.#json = json;
    this.#scriptTools = scriptTools;
    this.#options = readTools(json, scriptTools);
    return this.#options;
  }
}

function readTools(json: string, scriptTools: Tools): ToolOptions {
  try {
    const declared = JSON.parse(json || '[]') as Tools;
    if (!declared.every(({ name }) => name)) throw new Error('a tool has no name');
    return { tools: [...scriptTools, ...declared], fault: undefined };
  } catch (cause) {
    const fault = new VoiceError('configuration', `slot="tools" holds no JSON array of tools: ${String(cause)}`);
    return { tools: scriptTools, fault };
  }
}
