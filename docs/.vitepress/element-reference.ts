import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest';
import { declarations } from './declarations.js';

const MANIFEST = 'dist/custom-elements.json';
const FOLDER = 'docs/.vitepress/generated';

/** The types that a reader of the reference meets, by the file that declares them. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'src/session/events.ts': [
    ...['StateChangeDetail', 'TranscriptDetail', 'ToolCallDetail', 'UsageDetail', 'QualityDetail', 'VoiceWarningCode'],
    ...['WarningDetail', 'ReconnectDetail', 'EndReason', 'EndDetail'],
  ],
  'src/element/notices/consent-event.ts': ['ConsentDetail'],
  'src/session/voice-state.ts': ['VoiceState'],
  'src/session/transcript-entry.ts': ['TranscriptEntry'],
  'src/protocol/usage.ts': ['Usage'],
  'src/session/tools/tools.ts': ['ToolDeclaration', 'VoiceTool', 'Tool'],
  'src/session/session-options.ts': ['RequestInitHook'],
  'src/errors.ts': ['VoiceErrorCode'],
};

/** Writes the part of the page `reference/element.md` that comes from the manifest and the types. */
export function writeElementReference(): void {
  if (!existsSync(MANIFEST)) throw new Error(`${MANIFEST} is missing: run npm run build first.`);
  const { modules } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Package;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/element.md`, elementReference(modules[0]!.declarations![0] as CustomElementDeclaration));
}

/** The reference of the element in Markdown. */
export function elementReference(element: CustomElementDeclaration): string {
  const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [] } = element;
  const states = element.cssStates ?? [];
  const isPublic = (member: { readonly privacy?: string }): boolean => (member.privacy ?? 'public') === 'public';
  const isSettable = ({ readonly = false }): boolean => !readonly;
  const allFields = members.filter((member) => member.kind === 'field').filter(isPublic);
  const fields = [...allFields.filter(isSettable), ...allFields.filter((field) => !isSettable(field))];
  const methods = members.filter((member) => member.kind === 'method').filter(isPublic);
  // Those that belong to no property of the element itself: `lang` and `dir`.
  const otherAttributes = attributes.filter(({ fieldName }) => !fields.some(({ name }) => name === fieldName));
  const attributeOf = new Map(attributes.map(({ name, fieldName }) => [fieldName, name]));
  const types = Object.entries(TYPES).flatMap(([file, names]) => declarations(file, names));
  return [
    table(
      'Attributes and properties',
      ['attribute', 'property', 'type', 'default'],
      [
        ...fields.map((field) => [
          code(attributeOf.get(field.name)),
          code(field.name) + (field.static ? ' (static)' : ''),
          code(field.type?.text),
          field.readonly ? 'read-only' : code(field.default),
          field.description,
        ]),
        ...otherAttributes.map((it) => [code(it.name), '', code(it.type?.text), code(it.default), it.description]),
      ],
    ),
    table(
      'Methods',
      ['method', 'returns'],
      methods.map(({ name, parameters = [], return: returned, description }) => [
        code(`${name}(${parameters.map((it) => `${it.name}${it.optional ? '?' : ''}: ${it.type?.text}`).join(', ')})`),
        code(returned?.type?.text ?? 'void'),
        description,
      ]),
    ),
    table(
      'Events',
      ['event', 'class'],
      events.map(({ name, type, description }) => [code(name), code(type?.text), description]),
    ),
    table(
      'Slots',
      ['slot'],
      slots.map(({ name, description }) => [code(name), description]),
    ),
    table(
      'Parts',
      ['part'],
      cssParts.map(({ name, description }) => [code(name), description]),
    ),
    table(
      'Custom properties',
      ['property', 'default'],
      cssProperties.map(({ name, default: initial, description }) => [code(name), code(initial), description]),
    ),
    table(
      'States',
      ['state'],
      states.map(({ name, description }) => [code(`:state(${name})`), description]),
    ),
    `## Types\n\n\`\`\`ts\n${types.join('\n\n')}\n\`\`\`\n`,
  ].join('\n');
}

type Cell = string | undefined;

/** The last column of each table is the description. */
function table(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map((cell = '') => inCell(cell)).join(' | ')} |`;
  const names = [...head, 'meaning'];
  return [`## ${title}\n`, line(names), line(names.map(() => '---')), ...rows.map(line), ''].join('\n');
}

function code(text: Cell): Cell {
  return text && `\`${text}\``;
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
