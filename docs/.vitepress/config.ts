import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { writeElementReference } from './element-reference.js';
import { linkTo, SECTIONS } from './navigation.js';
import { repositoryLinks } from './repository-links.js';

const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository: { url: string } };
const home = repository.url.replace(/^git\+|\.git$/g, '');

writeElementReference();

// The folder of the site on its host, such as /realtime-voice/.
const base = process.env['DOCS_BASE'] || '/';

export default defineConfig({
  title: 'realtime-voice',
  description: 'One custom element that gives any website a spoken conversation with a realtime AI model.',
  lang: 'en',
  base,
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  outDir: '.site',
  markdown: { config: (md) => repositoryLinks(md, home) },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Getting started', link: '/start/' },
      { text: 'Reference', link: '/reference/element' },
      { text: 'Troubleshooting', link: '/reference/errors' },
    ],
    sidebar: SECTIONS.map(({ title, pages }) => ({
      text: title,
      collapsed: false,
      items: pages.map(([text, page]) => ({ text, link: linkTo(page) })),
    })),
    outline: { level: [2, 3] },
    footer: { message: `<a href="${home}">Source</a>, under the MIT licence` },
  },
});
