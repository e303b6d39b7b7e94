/** What editors, Storybook and framework typings read about the element; written by the build to dist/. */
export default {
  globs: ['src/element/*.ts', 'src/index.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publishedPaths()],
};

/** The package carries dist/ and not src/, so the manifest names the files its readers have. */
function publishedPaths() {
  const published = (path) => path.replace(/^\/?src\/(.*)\.ts$/, 'dist/$1.js');
  return {
    name: 'published-paths',
    packageLinkPhase({ customElementsManifest }) {
      // A file of types has nothing to describe and makes no module.
      customElementsManifest.modules = customElementsManifest.modules.filter(
        ({ declarations, exports }) => declarations.length + exports.length > 0,
      );
      for (const module of customElementsManifest.modules) {
        module.path = published(module.path);
        for (const declaration of [...module.declarations, ...module.exports, ...inherited(module)]) {
          if (declaration.module) declaration.module = published(declaration.module);
          if (declaration.declaration?.module) declaration.declaration.module = published(declaration.declaration.module);
          if (declaration.superclass?.module) declaration.superclass.module = published(declaration.superclass.module);
        }
      }
    },
  };
}

function inherited(module) {
  return module.declarations
    .flatMap((declaration) => [...(declaration.members ?? []), ...(declaration.attributes ?? []), ...(declaration.events ?? [])])
    .flatMap((member) => member.inheritedFrom ?? []);
}
