import { VoiceError } from '../../errors.js';
import { toJson } from '../../json-text.js';
import type { VoiceSessionOptions } from '../../session/session-options.js';
import { declaredText } from '../declarations.js';

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
    const json = declaredText(this.#host, 'tools');
    if (json === this.#json && scriptTools === this.#scriptTools) return this.#options;
    this.#json = json;
    this.#scriptTools = scriptTools;
    this.#options = readTools(json, scriptTools, this.#options.tools);
    return this.#options;
  }
}

/** With a fault, a running call keeps the tools that it has. */
function readTools(json: string, scriptTools: Tools, before: Tools | undefined): ToolOptions {
  let source = 'The property tools is no array of tools';
  try {
    check(scriptTools);
    source = 'slot="tools" holds no JSON array of tools';
    const declared = JSON.parse(json || '[]') as Tools;
    check(declared);
    return { tools: [...scriptTools, ...declared], fault: undefined };
  } catch (cause) {
    return { tools: before, fault: new VoiceError('configuration', `${source}: ${String(cause)}`, { cause }) };
  }
}

function check(tools: Tools): void {
  if (!tools.every(({ name }) => name)) throw new Error('a tool has no name');
  // They are sent as JSON.
  toJson(tools);
}
