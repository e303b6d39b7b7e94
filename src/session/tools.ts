/** A function of the page that the model may call. */
export interface VoiceTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments; a tool without it must be known to the session by its token. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  execute(args: unknown): unknown;
  /** A sentence that the visitor must accept before the tool runs. */
  readonly confirm?: string;
}
