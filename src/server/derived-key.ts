/** An HMAC key for one purpose, derived from a secret, so that no signature tells anything about the secret itself. */
export class DerivedKey {
  readonly #secret: string;
  readonly #purpose: string;
  /** Made at the first use: some runtimes allow no cryptography before the first request. */
  #key: Promise<CryptoKey> | undefined;

  constructor(secret: string, purpose: string) {
    this.#secret = secret;
    this.#purpose = purpose;
  }

  /** The HMAC-SHA-256 of a text, in base64url without padding: 43 characters. */
  async sign(text: string): Promise<string> {
    const signature = await crypto.subtle.sign('HMAC', await this.#derived(), utf8(text));
    const base64 = btoa(String.fromCharCode(...new Uint8Array(signature)));
    return base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
  }

  /** Compares in constant time. */
  async verify(text: string, signature: string): Promise<boolean> {
    if (!/^[\w-]{43}$/.test(signature)) return false;
    const base64 = signature.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return crypto.subtle.verify('HMAC', await this.#derived(), bytes, utf8(text));
  }

  #derived(): Promise<CryptoKey> {
    this.#key ??= derive(this.#secret, this.#purpose);
    return this.#key;
  }
}

async function derive(secret: string, purpose: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8(`realtime-voice ${purpose}`) };
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  return crypto.subtle.deriveKey(hkdf, base, hmac, false, ['sign', 'verify']);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
