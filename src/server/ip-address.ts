const OPAQUE = /^[\w.:-]{1,100}$/;

/**
 * One visitor, one text: an IPv4 address without port, or the /64 of an IPv6 address, since one visitor owns all
 * addresses of it. Undefined for what is no address.
 */
export function normaliseAddress(text: string): string | undefined {
  const address = withoutPort(text.trim());
  return isIpv4(address) ? address : ipv6Network(address);
}

/** Also takes a plain word that the site itself uses as an address. A list of addresses is none. */
export function normaliseName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return normaliseAddress(value) ?? (OPAQUE.test(value) ? value : undefined);
}

/** Forms that proxies write: `192.0.2.1:4711`, `[2001:db8::1]:4711`, `"[2001:db8::1]"`, `fe80::1%eth0`. */
function withoutPort(text: string): string {
  const bare = text.replace(/^"(.*)"$/, '$1').replace(/%[\w.-]+(?=\]|$)/, '');
  return /^\[([^\]]*)\](:\d+)?$/.exec(bare)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(bare)?.[1] ?? bare;
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function ipv6Network(text: string): string | undefined {
  if (!/^[\da-f:.]{2,45}$/i.test(text) || !text.includes(':')) return undefined;
  let canonical: string;
  try {
    canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = '', tail] = canonical.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return mappedIpv4(all) ?? `${all.slice(0, 4).join(':')}::/64`;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** The IPv4 address inside `::ffff:192.0.2.1`, which is how servers that listen on IPv6 name IPv4 visitors. */
function mappedIpv4(all: readonly string[]): string | undefined {
  if (all.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return undefined;
  return all
    .slice(6)
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
