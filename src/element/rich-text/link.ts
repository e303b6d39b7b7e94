import type { Rich } from './rich.js';

/** They turn the direction of text, so that one address looks like another. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Punctuation that ends the sentence around an address, and not the address; Arabic, Urdu and Hindi have their own. */
const AFTER_ADDRESS = ".,;:!?'»)]}*_\u060c\u061b\u061f\u06d4\u0964";

/** A label that an address could have, in any script and with invisible characters: it must be that of the link. */
const LIKE_ADDRESS = /^\S+\.(?:[\p{L}\p{M}\p{Cf}]{2,}|xn--[a-z\d-]+)(?:[/:?#]\S*)?$|:\/\/|www\./iu;

/**
 * A link, or undefined where the address is not safe: only `https:`, `mailto:` and `tel:` are, and none with a user's
 * name in it, which would be taken for the host. A label that looks like another address is replaced by the true one.
 */
export function link(address: string, label = address): Rich | undefined {
  const url = parsed(address);
  if (!url || !/^(https|mailto|tel):$/.test(url.protocol) || url.username || url.password) return undefined;
  if (label === address) return { tag: 'a', href: url.href, content: [address] };
  const shown = label.replace(BIDI_CONTROLS, '').trim() || address;
  const pretends = url.protocol === 'https:' && LIKE_ADDRESS.test(shown) && hostOf(shown) !== url.host;
  return { tag: 'a', href: url.href, content: [pretends ? url.href : shown] };
}

/** The host that a reader takes a label for. */
function hostOf(label: string): string | undefined {
  return parsed(label.includes('://') ? label : `https://${label}`)?.host;
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** How long the address is with which this text begins, without the punctuation after it. */
export function addressLength(text: string): number {
  let unopened = count(text, ')') - count(text, '(');
  let end = text.length;
  for (; end > 0 && AFTER_ADDRESS.includes(text[end - 1]!); end--) {
    if (text[end - 1] !== ')') continue;
    // A bracket that was opened in the address belongs to it.
    if (unopened <= 0) break;
    unopened--;
  }
  return end;
}

const count = (text: string, character: string): number => text.split(character).length - 1;
