/** The parts of a session that a guard keeps as the site wrote them: its instructions and its tools. */
export class GuardedSession {
  readonly #instructions: string;
  readonly #tools: readonly unknown[];

  /** @param json the session as it is asked for */
  constructor(json: string) {
    const { instructions, tools = [] } = JSON.parse(json) as { instructions?: unknown; tools?: unknown };
    if (typeof instructions !== 'string' || instructions === '') {
      throw new TypeError('needs instructions: without them there is nothing to restore.');
    }
    if (!Array.isArray(tools)) throw new TypeError('needs a list as its tools, or none.');
    this.#instructions = instructions;
    this.#tools = tools;
  }

  /** Whether a session, as the service describes it, is still that of the site. */
  matches(session: unknown): boolean {
    const { instructions, tools = [] } = (session ?? {}) as { instructions?: unknown; tools?: unknown };
    if (instructions !== this.#instructions) return false;
    if (!Array.isArray(tools) || tools.length !== this.#tools.length) return false;
    return this.#tools.every((tool, index) => equals(tools[index], described(tool)));
  }

  /** The client event that restores it. */
  restoringEvent(): string {
    const session = { type: 'realtime', instructions: this.#instructions, tools: this.#tools };
    return JSON.stringify({ type: 'session.update', session });
  }
}

/** Secrets that the service does not show again. */
const HIDDEN = ['authorization', 'headers'];

/** A tool as the service describes it. Whether a tool of an MCP server needs an approval is always described. */
function described(tool: unknown): unknown {
  if (typeof tool !== 'object' || tool === null || (tool as { type?: unknown }).type !== 'mcp') return tool;
  const shown = Object.entries(tool).filter(([name]) => !HIDDEN.includes(name));
  return { require_approval: 'always', ...Object.fromEntries(shown) };
}

/** Whether two JSON values are equal. A field that is null counts as missing: the service may add such fields. */
function equals(value: unknown, wanted: unknown): boolean {
  if (!isObject(value) || !isObject(wanted)) return (value ?? null) === (wanted ?? null);
  if (Array.isArray(value) !== Array.isArray(wanted)) return false;
  return [...new Set([...Object.keys(value), ...Object.keys(wanted)])].every((name) =>
    equals(value[name], wanted[name]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
