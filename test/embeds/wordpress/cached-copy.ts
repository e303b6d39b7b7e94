/**
 * A page as a cache plugin with all its options on keeps it: without comments and space, scripts at the end, deferred
 * and in another order.
 */
export function cachedCopy(html: string): string {
  const scripts: string[] = [];
  const withoutFiles = html.replace(/<script\b[^>]*\ssrc=[^>]*><\/script>/g, (script) => {
    scripts.unshift(script.replace('<script', '<script async').replace(' defer', ''));
    return '';
  });
  // Inline scripts keep their lines: a comment ends at the end of one.
  const minified = withoutFiles
    .split(/(<script\b(?![^>]*application\/json)[\s\S]*?<\/script>)/)
    .map((part, index) => (index % 2 ? part : minify(part)));
  return minified.join('').replace('</body>', `${scripts.join('')}</body>`);
}

function minify(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><');
}
