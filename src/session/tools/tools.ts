/** What the model is told of a function of the page. */
export interface ToolDeclaration {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. Tools with it are announced to the session; the others it must know already. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** A sentence that the visitor must accept before the tool runs. */
  readonly confirm?: string;
}

/** A function of the page that the model may call. What it returns or resolves to goes back to the model. */
export interface VoiceTool extends ToolDeclaration {
  execute(args: unknown): unknown;
}

/** A declaration without `execute` is answered by a `voice-tool-call` listener. */
export type Tool = ToolDeclaration & Partial<Pick<VoiceTool, 'execute'>>;

/** The question whether a tool may run; the signal aborts when the answer is not needed any more. */
export interface ToolConfirmation {
  readonly name: string;
  readonly question: string;
  readonly signal: AbortSignal;
}

/** The tools as the service declares them: those that the session knows and those that the page announces. */
export function announcedTools(tools: readonly Tool[] = [], known: readonly unknown[]): unknown[] | undefined {
  const ours = tools.filter((tool) => tool.parameters);
  if (ours.length === 0) return undefined;
  const names = new Set<unknown>(ours.map((tool) => tool.name));
  // `session.update` replaces the whole list, so the session's own tools are repeated.
  const theirs = known.filter((tool) => !names.has((tool as { name?: unknown } | null)?.name));
  return [
    ...theirs,
    ...ours.map(({ name, description, parameters }) => ({ type: 'function', name, description, parameters })),
  ];
}
