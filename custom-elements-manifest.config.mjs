/** Writes what editors, Storybook and framework typings read about the element, as part of the build. */
export default {
  globs: ['src/element/{options,realtime-voice,call/session-element}.ts', 'src/index.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [optionsOfElement(), publicMembers(), publishedPaths()],
};

// The properties of the element are declared in the tables of src/element/options.ts, which the analyzer does not
// understand. A row is a JSDoc sentence and `name: kind<Type>('attribute', default)`.
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
      const declarations = customElementsManifest.modules.flatMap(({ declarations }) => declarations);
      const element = declarations.find(({ name }) => name === 'RealtimeVoiceElement');
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
  const kind = row.initializer.expression.getText();
  const words = row.initializer.arguments.map((argument) => argument.getText());
  const [attribute, initial] = kind === 'value' ? [undefined, words[0]] : [words[0].slice(1, -1), words[1]];
  const value = kind === 'flag' ? 'false' : initial;
  const type =
    row.initializer.typeArguments?.[0].getText() ?? { text: 'string', number: 'number', flag: 'boolean' }[kind];
  return {
    kind: 'field',
    name: row.name.getText(),
    privacy: 'public',
    type: { text: value === undefined ? `${type} | undefined` : type },
    ...(value !== undefined && { default: value }),
    description: ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(row)[0].comment),
    ...(attribute && { attribute }),
    ...(kind === 'flag' && { reflects: true }),
  };
}

function attributeOf({ attribute, name, type, default: initial, description }) {
  return { name: attribute, type, ...(initial !== undefined && { default: initial }), description, fieldName: name };
}

/** Leaves out what is not for the pages that use the element. */
function publicMembers() {
  const internal = new Set(['properties', 'styles', 'connectedCallback', 'connectedMoveCallback', 'voice']);
  const isPublic = ({ name, privacy = 'public' }) => privacy === 'public' && !internal.has(name);
  return {
    name: 'public-members',
    packageLinkPhase({ customElementsManifest }) {
      // The tables have become members of the element.
      const described = ({ path }) => !path.endsWith('/options.ts');
      customElementsManifest.modules = customElementsManifest.modules.filter(described);
      for (const { declarations } of customElementsManifest.modules) {
        for (const declaration of declarations) declaration.members = declaration.members?.filter(isPublic);
      }
    },
  };
}

/** The package carries dist/ and not src/, so the manifest names the files that its readers have. */
function publishedPaths() {
  const published = (path) => path.replace(/^\/?src\/(.*)\.[jt]s$/, 'dist/$1.js');
  const repath = (value) => {
    if (!value || typeof value !== 'object') return;
    for (const key of Object.keys(value)) {
      if ((key === 'module' || key === 'path') && typeof value[key] === 'string') value[key] = published(value[key]);
      else repath(value[key]);
    }
  };
  return {
    name: 'published-paths',
    packageLinkPhase({ customElementsManifest }) {
      repath(customElementsManifest.modules);
    },
  };
}
