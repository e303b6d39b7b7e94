interface Schema {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** The simplest value that a JSON schema allows. */
export function sampleOf(parameters: unknown): unknown {
  const schema = (parameters ?? { type: 'object' }) as Schema;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'string':
      return 'practice';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return schema.items ? [sampleOf(schema.items)] : [];
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, value]) => [name, sampleOf(value)]),
      );
  }
}
