import { printTheme } from './theme-rule.js';

const SERVICE = 'https://api.openai.com';

/** The response headers that the page needs: what the snippet loads and asks, and nothing else. */
export async function printPolicy({ loading, script, attributes, theme }) {
  const scripts = ["'self'", ...(loading === 'script' ? otherOrigin(script) : [])];
  const styles = ["'self'", ...(Object.keys(theme).length > 0 ? [`'sha256-${await sha256(printTheme(theme))}'`] : [])];
  const directives = [
    `script-src ${scripts.join(' ')}`,
    `style-src ${styles.join(' ')}`,
    `connect-src ${[...new Set(["'self'", ...asked(attributes)])].join(' ')}`,
  ];
  return `Content-Security-Policy: ${directives.join('; ')}\nPermissions-Policy: microphone=(self)\n`;
}

function asked(attributes) {
  const own = attributes['session-url'] ?? attributes['token-url'] ?? '';
  // With session-url, the offer goes to the site's own server.
  if (attributes['session-url']) return otherOrigin(own);
  return [...otherOrigin(own), ...otherOrigin(attributes['calls-url'] ?? SERVICE)];
}

/** The origin of an absolute URL; nothing for a path of the site. */
function otherOrigin(address) {
  if (!/^(https?:)?\/\//i.test(address) || !URL.canParse(address, 'https://page.example/')) return [];
  return [new URL(address, 'https://page.example/').origin];
}

async function sha256(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
