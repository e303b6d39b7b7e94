import { fields } from '../../json-fields.js';

const NO_ARGUMENTS = { type: 'object', properties: {} };

interface Confirmer {
  /** Makes the question for the visitor. It is a method, so that a page may declare the type of its arguments. */
  confirm(args: unknown): string;
}

/** What the model is told of a function of the page. */
export interface ToolDeclaration {
  /** The name by which the model calls it. */
  readonly name: string;
  /** What it does and when to call it, for the model. */
  readonly description?: string;
  /**
   * JSON Schema of the arguments; by default that of the session's own tool of this name, or no arguments.
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /**
   * A question that the visitor must answer with yes before the tool runs, or a function that makes it of the parsed
   * arguments. If that throws or makes no text, the tool does not run, and `voice-error` tells the page.
   */
  readonly confirm?: string | Confirmer['confirm'];
}

/** A function of the page that the model may call. */
export interface VoiceTool extends ToolDeclaration {
  /**
   * Runs the tool with the parsed JSON arguments. The result, or what the promise resolves to, goes to the model: a
   * string as it is, anything else as JSON, at most 64 KiB. The model is also told of an error, or of a result that
   * takes longer than 30 seconds.
   */
  execute(args: unknown): unknown;
}

/** A tool. Without `execute`, a `voice-tool-call` listener answers its calls. */
export type Tool = ToolDeclaration & Partial<Pick<VoiceTool, 'execute'>>;

/** The question whether a tool may run. */
export interface ToolConfirmation {
  /** The name of the tool. */
  readonly name: string;
  /** The question for the visitor: the tool's `confirm`. */
  readonly question: string;
  /** The parsed JSON arguments, which the visitor should see too: the question may not name them. */
  readonly arguments: unknown;
  /** Aborts when the answer is not needed any more. */
  readonly signal: AbortSignal;
}

/**
 * The tools of the session and of the page, in the form that the service expects. Undefined if the page has none that
 * the session does not know. `session.update` replaces the whole list, so the session's own tools are repeated.
 */
export function announcedTools(tools: readonly Tool[] = [], known: readonly unknown[]): unknown[] | undefined {
  const nameOf = (tool: unknown): unknown => fields(tool)['name'];
  const announced = tools.filter(({ name, parameters }) => parameters || !known.some((tool) => nameOf(tool) === name));
  if (announced.length === 0) return undefined;
  const others = known.filter((tool) => !announced.some(({ name }) => name === nameOf(tool)));
  return [
    ...others,
    ...announced.map(({ name, description, parameters = NO_ARGUMENTS }) => ({
      type: 'function',
      name,
      description,
      parameters,
    })),
  ];
}
