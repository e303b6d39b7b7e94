import { build } from 'esbuild';
import { dressStyles, siteStyles } from './look-dresses.js';
import type { Routes } from './page-server.js';

export interface LookSite {
  readonly html: string;
  readonly routes: Routes;
}

export interface LookOptions {
  readonly dir?: 'ltr' | 'rtl';
  readonly lang?: string;
  /** The page's `color-scheme`; by default both, so that the visitor's preference decides. */
  readonly scheme?: 'dark' | undefined;
  /** A site of the demo's page of themes, as on that page. By default, a state can be shown in any dress. */
  readonly theme?: string;
}

let bundled: Promise<string> | undefined;

/** The element with a scripted session, rich text, and languages of both directions; what measures contrasts. */
function script(): Promise<string> {
  return (bundled ??= build({
    stdin: {
      contents: [
        './test/support/scripted-session.ts',
        './src/element/rich-text/index.ts',
        './src/locales/ar.ts',
        './src/locales/de.ts',
      ]
        .map((file) => `import '${file}';`)
        .concat("import { contrastOf } from './test/support/contrast.ts'; globalThis.contrastWith = contrastOf;")
        .join('\n'),
      resolveDir: '.',
    },
    // package.json says that the sources have no side effects, so esbuild would leave the element out.
    ...{
      ignoreAnnotations: true,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      tsconfig: 'tsconfig.json',
      logLevel: 'silent',
    },
  }).then(({ outputFiles }) => outputFiles[0]!.text));
}

/** A page for one element that shows one state after the other: see `showing`. */
export async function lookSite({ dir = 'ltr', lang = 'en', scheme, theme }: LookOptions = {}): Promise<LookSite> {
  const css = `:root { color-scheme: ${scheme ?? 'light dark'}; font: 16px/1.5 sans-serif } body { margin: 8px }`;
  const dresses = theme ? siteStyles() : dressStyles();
  return {
    html: `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<title>Looks</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/looks.js"></script>
</head>
<body><main><h1>Looks</h1><section class="${theme ?? ''}"></section></main></body>
</html>`,
    routes: {
      '/looks.js': { body: await script(), headers: { 'content-type': 'text/javascript; charset=utf-8' } },
      '/page.css': { body: `${dresses}\n${css}`, headers: { 'content-type': 'text/css' } },
    },
  };
}
