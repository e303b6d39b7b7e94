import { posix } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type Markdown = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** Whether a link of a page leads out of docs/, to another file of the repository; `page` is its path below docs/. */
export function pathInRepository(page: string, link: string): string | undefined {
  if (/^([a-z]+:|[/#])/i.test(link)) return undefined;
  const path = posix.join('docs', posix.dirname(page), link);
  return path.startsWith('docs/') ? undefined : path;
}

/** Makes links to files of the repository work on the site: they lead to the repository's own pages. */
export function repositoryLinks(md: Markdown, home: string): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { relativePath = '' } = env as { relativePath?: string };
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const path = pathInRepository(relativePath, token.attrGet('href') ?? '');
      if (path) token.attrSet('href', `${home}/blob/main/${path}`);
    }
  });
}
