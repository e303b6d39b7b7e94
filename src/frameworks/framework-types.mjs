import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import ts from 'typescript';

const FOLDER = 'dist/frameworks';

/** Writes what editors and the type checkers of frameworks read, from the finished manifest. */
export function frameworkTypes() {
  return {
    name: 'framework-types',
    packageLinkPhase({ customElementsManifest }) {
      const manifest = settable(customElementsManifest);
      writeJson('vscode.html-custom-data.json', getVsCodeHtmlCustomData(manifest));
      writeJson('vscode.css-custom-data.json', getVsCodeCssCustomData(manifest));
      writeJson('web-types.json', getWebTypesData(manifest));
      writeProps(manifest);
      for (const file of readdirSync('src/frameworks').filter((it) => it.endsWith('.d.ts')))
        copyFileSync(`src/frameworks/${file}`, `${FOLDER}/${file}`);
    },
  };
}

function writeJson(name, json) {
  writeFileSync(`dist/${name}`, `${JSON.stringify(JSON.parse(json), null, 2)}\n`);
}

/** The manifest without the attribute that only the element writes: no editor should offer it. */
function settable(manifest) {
  const copy = structuredClone(manifest);
  for (const declaration of copy.modules.flatMap(({ declarations }) => declarations))
    declaration.attributes = declaration.attributes?.filter(({ name }) => name !== 'state');
  return copy;
}

/**
 * The attributes, properties and events, one type for all frameworks. The generator also writes declarations for each
 * framework, which do not compile where one of the others is missing; those are in src/frameworks.
 */
function writeProps(manifest) {
  mkdirSync(FOLDER, { recursive: true });
  const path = `${FOLDER}/element-props.d.ts`;
  generateJsxTypes(manifest, { outdir: FOLDER, fileName: 'element-props.d.ts', globalTypePath: '../index.js' });
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext);
  const wanted = /^(RealtimeVoiceElement(SolidJs)?Props|CustomCssProperties)$/;
  const types = source.statements
    .filter((statement) => ts.isTypeAliasDeclaration(statement) && wanted.test(statement.name.text))
    .map((statement) => statement.getFullText(source).trim());
  if (types.length !== 3) throw new Error(`${path}: ${types.length} types; three were expected.`);
  const text = types.join('\n\n');
  const used = [...new Set(text.match(/\b(?:Voice\w+Event|RealtimeVoiceElement)\b/g))].sort();
  writeFileSync(path, `import type { ${used.join(', ')} } from '../index.js';\n\n${text}\n`);
}
