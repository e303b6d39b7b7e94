import { DerivedKey } from './derived-key.js';
import { isLoopback } from './loopback.js';
import { Refusal } from './refusal.js';
import { SpentTokens } from './spent-tokens.js';
import { askVerifier, type Verification } from './verifier.js';

/** How to ask a captcha service about a visitor: Turnstile, hCaptcha or reCAPTCHA. */
export interface HumanCheckOptions {
  /** The secret key of the captcha service. It never leaves the server. `undefined` is allowed as with `apiKey`. */
  secretKey: string | undefined;
  /** The address of `siteverify`, such as `https://challenges.cloudflare.com/turnstile/v0/siteverify`. */
  url: string;
  /** The request header in which the page sends the token; default `X-Human-Token`. */
  header?: string;
  /** The hostnames that a token may come from, such as `['shop.example']`; default any. */
  hostnames?: readonly string[];
  /** The action that a token must be made for; default any. */
  action?: string;
  /** The lowest score that passes, 0 to 1, for services that give one (reCAPTCHA v3); default none. */
  minScore?: number;
}

type CheckedOptions = HumanCheckOptions & { secretKey: string };

type Fail = (reason: string) => never;

const DEFAULT_HEADER = 'X-Human-Token';
/** The longest tokens have some 2,000 characters. */
const MOST_CHARACTERS = 8_192;
/** These say that the site asked in a wrong way, or that the captcha service is down. The visitor may be human. */
const OUR_FAULT = /^(missing|invalid)-input-secret$|^(bad-request|internal-error|sitekey-secret-mismatch)$/;

/** Lets only visitors pass whose token the captcha service confirms. Whatever goes wrong, nobody passes. */
export class HumanCheck {
  readonly header: string;
  readonly #options: CheckedOptions;
  readonly #spent = new SpentTokens();
  readonly #key: DerivedKey;

  constructor(options: HumanCheckOptions, secret: string, fail: Fail) {
    this.#options = checked(options, fail);
    this.header = this.#options.header ?? DEFAULT_HEADER;
    this.#key = new DerivedKey(secret, 'human token');
  }

  async check(request: Request, address: string | undefined): Promise<void> {
    const token = request.headers.get(this.header) ?? '';
    if (!/^[\x21-\x7e]+$/.test(token) || token.length > MOST_CHARACTERS) throw unverified();
    // Before the service is asked, so that of two requests at the same time one passes at most.
    if (!this.#spent.add(await this.#key.sign(token))) throw unverified();
    const { secretKey, url } = this.#options;
    const answer = await askVerifier(url, { secretKey, token, address }, request.signal);
    if (request.signal.aborted) throw request.signal.reason;
    if (answer === undefined) throw unavailable();
    if (answer.success) {
      if (this.#fits(answer)) return;
    } else if (answer.errorCodes.some((code) => OUR_FAULT.test(code))) {
      console.error('realtime-voice/server: verifyHuman was refused by the captcha service. Check secretKey and url.');
      throw unavailable();
    }
    throw unverified();
  }

  #fits({ hostname, action, score }: Verification): boolean {
    const { hostnames, action: wanted, minScore } = this.#options;
    if (hostnames && !(typeof hostname === 'string' && hostnames.includes(hostname.toLowerCase()))) return false;
    if (wanted !== undefined && action !== wanted) return false;
    return minScore === undefined || (typeof score === 'number' && score >= minScore);
  }
}

function unverified(): Refusal {
  return new Refusal(403, 'human-unverified', 'It could not be verified that a person asks. Solve the check again.');
}

function unavailable(): Refusal {
  const message = 'It cannot be verified at the moment that a person asks. Try again later.';
  return new Refusal(503, 'human-check-unavailable', message, { 'Retry-After': '5' });
}

function checked(options: HumanCheckOptions, fail: Fail): CheckedOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    fail('verifyHuman must be an object such as { secretKey, url }, with the keys of your captcha service.');
  }
  const { secretKey, url, header, hostnames, action, minScore } = options;
  if (typeof secretKey !== 'string' || !/^[\x21-\x7e]+$/.test(secretKey)) {
    fail(
      'verifyHuman: secretKey is missing or has a character that no key has. Pass the secret key, not the site key.',
    );
  }
  if (!isSafe(url)) fail('verifyHuman: url must be the https address of siteverify, without credentials.');
  if (header !== undefined && !(typeof header === 'string' && /^[\w-]+$/.test(header))) {
    fail(`verifyHuman: header must be the name of a request header, such as "${DEFAULT_HEADER}".`);
  }
  if (hostnames !== undefined && !(Array.isArray(hostnames) && hostnames.length > 0 && hostnames.every(isHostname))) {
    fail('verifyHuman: hostnames must be a list such as ["shop.example"]: without scheme, port and wildcard.');
  }
  if (action !== undefined && (typeof action !== 'string' || action === '')) {
    fail('verifyHuman: action must be a text.');
  }
  if (minScore !== undefined && !(typeof minScore === 'number' && minScore >= 0 && minScore <= 1)) {
    fail('verifyHuman: minScore must be a number from 0 to 1.');
  }
  return { ...options, secretKey, ...(hostnames && { hostnames: hostnames.map((name) => name.toLowerCase()) }) };
}

function isHostname(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value);
}

/** The secret key travels there, so only this machine may be asked without https. */
function isSafe(url: unknown): boolean {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || parsed.username || parsed.password || parsed.hash) return false;
  return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed.hostname));
}
