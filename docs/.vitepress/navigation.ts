/** A page of the site: its title in the navigation, and its path below docs/ without `.md`. */
type Entry = readonly [title: string, page: string];

/** Every page, in the order in which the navigation shows them. A test compares it with the files. */
export const SECTIONS: readonly { readonly title: string; readonly pages: readonly Entry[] }[] = [
  {
    title: 'Getting started',
    pages: [
      ['Choose your stack', 'start/index'],
      ['A page without a build', 'start/html'],
      ['React', 'start/react'],
      ['Vue', 'start/vue'],
      ['Svelte', 'start/svelte'],
      ['Editors, Solid, Preact', 'start/editors'],
      ['WordPress', 'start/wordpress'],
      ['CMS and site builders', 'guide/site-builders'],
      ['Snippet builder', 'guide/snippet-builder'],
    ],
  },
  {
    title: 'On your server',
    pages: [
      ['Express', 'start/express'],
      ['Fastify', 'start/fastify'],
      ['Hono', 'start/hono'],
      ['Koa', 'start/koa'],
      ['h3', 'start/h3'],
      ['Nuxt', 'start/nuxt'],
      ['Next.js', 'start/next'],
      ['SvelteKit', 'start/sveltekit'],
      ['Astro', 'start/astro'],
      ['React Router', 'start/react-router'],
      ['Cloudflare Workers', 'start/workers'],
      ['Deno', 'start/deno'],
      ['Node', 'start/node'],
      ['PHP, Python, Ruby, Go', 'start/other-languages'],
      ['Going live', 'going-live'],
    ],
  },
  {
    title: 'Guides',
    pages: [
      ['Tokens', 'guide/tokens'],
      ['CSP and Trusted Types', 'guide/csp'],
      ['Gallery', 'guide/gallery'],
      ['Theming', 'guide/theming'],
      ['Starters', 'guide/starters'],
      ['Transcript', 'guide/transcript'],
      ['Tools', 'guide/tools'],
      ['The end of a call', 'guide/ending'],
      ['Events and analytics', 'guide/events'],
      ['Languages', 'guide/languages'],
      ['Privacy and consent', 'guide/privacy'],
      ['Cost', 'guide/cost'],
      ['When something fails', 'guide/recovery'],
      ['Diagnostics', 'guide/diagnostics'],
      ['Inspector', 'guide/inspector'],
      ['A quick start of the call', 'guide/quick-start'],
      ['Without the element', 'guide/session'],
      ['Accessibility statement', 'guide/accessibility'],
    ],
  },
  {
    title: 'Running the server',
    pages: [
      ['Server options', 'server/options'],
      ['Several machines', 'server/several-machines'],
      ['A daily budget', 'server/daily-budget'],
      ['A captcha', 'server/captcha'],
      ['Guarding calls', 'server/call-guard'],
      ['A reference server', 'server/reference-server'],
    ],
  },
  {
    title: 'Other services, moving',
    pages: [
      ['Overview', 'services/index'],
      ['GPT-Live', 'services/gpt-live'],
      ['Azure OpenAI', 'services/azure'],
      ['Self-hosted', 'services/self-hosted'],
      ['From the beta API', 'services/from-the-beta'],
      ['From a hand-written snippet', 'services/from-a-snippet'],
    ],
  },
  {
    title: 'Reference',
    pages: [
      ['Troubleshooting', 'reference/errors'],
      ['The element', 'reference/element'],
      ['Errors of the server', 'server/answers'],
      ['The practice server', 'reference/practice-server'],
    ],
  },
];

/** The address of a page on the site. */
export const linkTo = (page: string): string => `/${page.replace(/(^|\/)index$/, '$1')}`;
