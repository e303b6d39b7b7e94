import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs';

interface Setting {
  readonly id: string;
  readonly default?: string;
  readonly options?: readonly { readonly value: string }[];
}

export interface Schema {
  readonly settings: readonly Setting[];
}

const engine = new Liquid();
// Shopify's own tag: JSON for the theme editor, which prints nothing.
engine.registerTag('schema', {
  parse(_: TagToken, remaining: TopLevelToken[]) {
    while (remaining.length > 0) {
      const token = remaining.shift() as TopLevelToken & { name?: string };
      if (token.name === 'endschema') return;
    }
    throw new Error('The schema does not end.');
  },
  render: () => '',
});

export function schemaOf(liquid: string): Schema {
  return JSON.parse(/{% schema %}([^]*){% endschema %}/.exec(liquid)![1]!) as Schema;
}

/** Renders a section with these settings, and the defaults of all others. */
export async function renderSection(liquid: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const defaults = Object.fromEntries(schemaOf(liquid).settings.map((setting) => [setting.id, setting.default ?? '']));
  return (await engine.parseAndRender(liquid, {
    section: { id: 'voice', settings: { ...defaults, ...settings } },
    request: { locale: { iso_code: 'en' } },
  })) as string;
}
