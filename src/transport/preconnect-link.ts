/**
 * Makes the browser connect to the server of a URL (DNS, TCP, TLS) ahead of the first request to it, which has no
 * cookies. Once for each server in a document, whoever has made the link.
 */
export function preconnect(url: string): void {
  // An anchor resolves any URL and never throws.
  const { origin } = Object.assign(document.createElement('a'), { href: url });
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=preconnect][crossorigin]')];
  const isElsewhere = origin.startsWith('http') && origin !== location.origin;
  if (!isElsewhere || links.some(({ href }) => href === `${origin}/`)) return;
  const link = { rel: 'preconnect', crossOrigin: '', href: origin };
  document.head.append(Object.assign(document.createElement('link'), link));
}
