// The build has just written it. The class itself knows best which attributes belong to which properties.
import { RealtimeVoiceElement } from './dist/element/realtime-voice.js';
import { attributeOf } from './dist/element/view-element.js';

/** What editors, Storybook and framework typings read about the element; written by the build to dist/. */
export default {
  globs: ['src/element/{realtime-voice,view-element,call/session-mirror,call/call-properties}.ts', 'src/index.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly(), attributesOf(RealtimeVoiceElement), publishedPaths()],
};

/** Before the members are inherited: what is private is nobody else's business. */
function publicOnly() {
  return {
    name: 'public-only',
    moduleLinkPhase({ moduleDoc }) {
      for (const declaration of moduleDoc.declarations ?? []) {
        declaration.members = declaration.members?.filter(({ privacy = 'public' }) => privacy === 'public');
      }
    },
  };
}

/** The analyzer reads declarations, and does not find those which a class builds or inherits by way of a constant. */
function attributesOf(element) {
  return {
    name: 'attributes',
    packageLinkPhase({ customElementsManifest }) {
      const all = customElementsManifest.modules.flatMap(({ declarations }) => declarations);
      const declaration = all.find(({ name }) => name === element.name);
      declaration.attributes = [];
      for (const [fieldName, type] of Object.entries(element.properties)) {
        if (!type) continue;
        const name = attributeOf(fieldName);
        const member = declaration.members.find((it) => it.name === fieldName);
        if (!member || declaration.attributes.some((it) => it.name === name)) continue;
        Object.assign(member, { attribute: name, ...(type === Boolean && { reflects: true }) });
        const { type: declared, default: initial, description } = member;
        declaration.attributes.push({ name, type: declared, default: initial, description, fieldName });
      }
    },
  };
}

/** The package carries dist/ and not src/, so the manifest names the files its readers have. */
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
      // A file of types has nothing to describe and makes no module.
      customElementsManifest.modules = customElementsManifest.modules.filter(
        ({ declarations, exports }) => declarations.length + exports.length > 0,
      );
      repath(customElementsManifest.modules);
    },
  };
}
