import { frameworkTypes } from './src/frameworks/framework-types.mjs';

/** Writes what editors, Storybook and framework typings read about the element, as part of the build. */
export default {
  globs: [
    'src/element/{option-element,options,realtime-voice,call/session-element}.ts',
    'src/index.ts',
    'src/diagnostics/{element,panel/diagnostics-panel}.ts',
  ],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [optionsOfElement(), publicMembers(), globalAttributes(), publishedPaths(), frameworkTypes()],
};

const elementOf = ({ modules }) =>
  modules.flatMap(({ declarations }) => declarations).find(({ name }) => name === 'RealtimeVoiceElement');

// The properties of the element are declared in the tables of src/element/options.ts, which the analyzer does not
// understand. A row is a JSDoc sentence and `name: kind<Type>('attribute', default)`,
// in `reflected(…)` where the attribute follows the property.
function optionsOfElement() {
  const options = [];
  return {
    name: 'options-of-element',
    analyzePhase({ ts, node }) {
      if (!ts.isVariableDeclaration(node) || !/^(CALL|VIEW)_OPTIONS$/.test(node.name.getText())) return;
      const table = ts.isSatisfiesExpression(node.initializer) ? node.initializer.expression : node.initializer;
      for (const row of table.properties) options.push(readOption(ts, row));
    },
    packageLinkPhase({ customElementsManifest }) {
      const element = elementOf(customElementsManifest);
      element.attributes = options.filter(({ attribute }) => attribute).map(attributeOf);
      for (const option of options) {
        const member = element.members.find(({ name }) => name === option.name);
        if (member) Object.assign(member, option);
        else element.members.push(option);
      }
    },
  };
}

function readOption(ts, row) {
  const isReflected = row.initializer.expression.getText() === 'reflected';
  const option = isReflected ? row.initializer.arguments[0] : row.initializer;
  const kind = option.expression.getText();
  const words = option.arguments.map((argument) => argument.getText());
  const choices = words.slice(1).join(' | ');
  const [attribute, initial] = kind === 'value' ? [undefined, words[0]] : [words[0].slice(1, -1), words[1]];
  // A `word` has no default: its further arguments are the words.
  const isWord = kind === 'word';
  const value = kind === 'flag' ? 'false' : isWord ? undefined : initial;
  // Editors offer the words of a union; the name of a type would tell them nothing.
  const types = { text: 'string', url: 'string', number: 'number', flag: 'boolean', oneOf: choices };
  const type = isWord ? choices : (types[kind] ?? option.typeArguments[0].getText());
  return {
    kind: 'field',
    name: row.name.getText(),
    privacy: 'public',
    type: { text: value === undefined ? `${type} | undefined` : type },
    ...(value !== undefined && { default: value }),
    description: ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(row)[0].comment),
    ...(attribute && { attribute }),
    ...((kind === 'flag' || isReflected) && { reflects: true }),
  };
}

function attributeOf({ attribute, name, type, default: initial, description }) {
  return { name: attribute, type, ...(initial !== undefined && { default: initial }), description, fieldName: name };
}

/** Describes the two elements: with the members that they inherit from ours, and without those of no use to pages. */
function publicMembers() {
  const internal = new Set(['properties', 'styles', 'connectedCallback', 'connectedMoveCallback', 'voice']);
  const isPublic = ({ name, privacy = 'public' }) => privacy === 'public' && !internal.has(name);
  return {
    name: 'public-members',
    packageLinkPhase({ customElementsManifest }) {
      // The tables and the members of the base classes have become members of the element.
      const described = ({ path }) => !/src\/element\/(option-element|options|call\/session-element)\.ts$/.test(path);
      customElementsManifest.modules = customElementsManifest.modules.filter(described);
      const elements = customElementsManifest.modules.flatMap(({ declarations }) => declarations);
      for (const element of elements.filter(({ tagName }) => tagName)) {
        element.superclass = { name: 'LitElement', package: 'lit' };
        element.members = element.members.filter(isPublic);
        for (const member of element.members) {
          delete member.inheritedFrom;
          // The name of a constant says nothing.
          if (/^[A-Z_]+$/.test(member.default)) delete member.default;
        }
      }
    },
  };
}

/** Attributes that are not options: those of every HTML element that matter here, and `state`, which is only read. */
function globalAttributes() {
  return {
    name: 'global-attributes',
    packageLinkPhase({ customElementsManifest }) {
      const { attributes, members } = elementOf(customElementsManifest);
      const state = members.find(({ name }) => name === 'state');
      Object.assign(state, { attribute: 'state', reflects: true, default: "'idle'" });
      attributes.push(
        {
          ...attributeOf(state),
          description: 'Where the call stands. The element writes it; to set it has no effect.',
        },
        globalAttribute('lang', 'Language of the interface; that of the nearest ancestor when not set.'),
        globalAttribute('dir', 'Direction of the interface; that of the nearest ancestor when not set.'),
      );
    },
  };
}

function globalAttribute(name, description) {
  return { name, type: { text: name === 'dir' ? "'ltr' | 'rtl' | 'auto'" : 'string' }, description, fieldName: name };
}

/** The package carries dist/ and not src/, so the manifest names the files that its readers have. */
function publishedPaths() {
  // A path is from the root of the package, or from the folder of the file that exports what others declare.
  const published = (path, folder) => path.replace(/^\.\//, folder).replace(/^\/?src\/(.*)\.[jt]s$/, 'dist/$1.js');
  const repath = (value, folder) => {
    if (!value || typeof value !== 'object') return;
    for (const [key, part] of Object.entries(value)) {
      if ((key === 'module' || key === 'path') && typeof part === 'string') value[key] = published(part, folder);
      else repath(part, folder);
    }
  };
  return {
    name: 'published-paths',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) repath(module, module.path.replace(/[^/]*$/, ''));
    },
  };
}
