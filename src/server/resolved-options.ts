import { HumanCheck } from './human-check.js';
import { isLocal, type Limiter } from './limiter.js';
import { createMemoryLimiter } from './memory-limiter.js';
import type { HandlerOptions } from './options.js';
import { createSafetyIdentifier, type SafetyIdentifier } from './safety-identifier.js';
import { SessionPresets } from './session-presets.js';
import { UnknownProxyWarning } from './unknown-proxy.js';

/** The options after all checks, with every default filled in. */
export interface ResolvedOptions extends Pick<
  HandlerOptions,
  'publicOrigin' | 'clientAddress' | 'authorize' | 'bindTo' | 'maxSessionSeconds' | 'onMint' | 'onRefuse'
> {
  apiKey: string;
  allowedOrigins: readonly string[];
  allowedHeaders: readonly string[];
  expiresAfter: number;
  baseUrl: string;
  /** Whether `baseUrl` is the browser's default too, so that it need not be told. */
  isDefaultBase: boolean;
  /** What visitors can ask for. */
  sessions: SessionPresets;
  limiter: Limiter | false;
  humanCheck: HumanCheck | undefined;
  /** Whether the limiter is the site's own, and may count for all processes. */
  hasOwnLimiter: boolean;
  trustedProxies: number;
  unknownProxy: UnknownProxyWarning;
  safetyIdentifier: SafetyIdentifier;
  secret: string;
}

type Fail = (reason: string) => never;

const DEFAULT_BASE = 'https://api.openai.com';
const SHORTEST_SECRET_S = 10;
const LONGEST_SECRET_S = 120;
const LONGEST_SESSION_S = 86_400;
const SHORTEST_SECRET_CHARACTERS = 8;
const HOOKS = ['authorize', 'clientAddress', 'bindTo', 'onMint', 'onRefuse'] as const;

/** Checks everything once, at start, where the site's developer sees it. No message quotes the key. */
export function resolveOptions(options: HandlerOptions, creator: string): ResolvedOptions {
  const fail: Fail = (reason) => {
    throw new TypeError(`${creator}: ${reason}`);
  };
  const apiKey = checkKey(options?.apiKey, fail);
  const sessions = new SessionPresets(options.session, options.presets, fail);
  for (const name of HOOKS) {
    if (options[name] !== undefined && typeof options[name] !== 'function') fail(`${name} must be a function.`);
  }
  const baseUrl = options.baseUrl === undefined ? DEFAULT_BASE : checkBase(options.baseUrl, fail);
  const secret = checkSecret(options.secret, fail) ?? apiKey;
  const { verifyHuman } = options;
  const humanCheck = verifyHuman === undefined ? undefined : new HumanCheck(verifyHuman, secret, fail);
  return {
    ...checkOrigins(options, fail),
    ...checkLimiter(options.limiter, fail),
    ...checkNumbers(options, fail),
    apiKey,
    allowedHeaders: [...checkHeaders(options.allowedHeaders, fail), ...(humanCheck ? [humanCheck.header] : [])],
    humanCheck,
    authorize: options.authorize,
    clientAddress: options.clientAddress,
    unknownProxy: new UnknownProxyWarning(),
    bindTo: options.bindTo,
    onMint: options.onMint,
    onRefuse: options.onRefuse,
    baseUrl,
    isDefaultBase: baseUrl === DEFAULT_BASE,
    sessions,
    safetyIdentifier: createSafetyIdentifier(checkIdentifier(options.safetyIdentifier, fail), secret),
    secret,
  };
}

function checkKey(apiKey: unknown, fail: Fail): string {
  if (typeof apiKey !== 'string' || apiKey.trim() === '') {
    return fail('apiKey is missing. Pass the secret key of the service, for example process.env.OPENAI_API_KEY.');
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    return fail(
      'apiKey has a character that no key has, such as a line break or an invisible space. ' +
        'Copy the key again, or call .trim() on what you read from a file.',
    );
  }
  return apiKey;
}

function checkSecret(secret: unknown, fail: Fail): string | undefined {
  if (secret === undefined) return undefined;
  if (typeof secret === 'string' && secret.trim().length >= SHORTEST_SECRET_CHARACTERS) return secret;
  return fail(`secret must be a random text of at least ${SHORTEST_SECRET_CHARACTERS} characters. Or leave it out.`);
}

function checkLimiter(limiter: unknown, fail: Fail): Pick<ResolvedOptions, 'limiter' | 'hasOwnLimiter'> {
  if (limiter === undefined) return { limiter: createMemoryLimiter(), hasOwnLimiter: false };
  if (limiter === false) return { limiter, hasOwnLimiter: false };
  if (typeof limiter === 'function')
    return { limiter: limiter as Limiter, hasOwnLimiter: !isLocal(limiter as Limiter) };
  return fail('limiter must be a function, or false to have none. Leave it out for the limiter in memory.');
}

function checkIdentifier(option: HandlerOptions['safetyIdentifier'], fail: Fail): HandlerOptions['safetyIdentifier'] {
  const isFine = option === undefined || option === false || ['string', 'function'].includes(typeof option);
  return isFine ? option : fail('safetyIdentifier must be a string, a function, or false to send none.');
}

function checkNumbers(
  { expiresAfter = 60, trustedProxies = 0, maxSessionSeconds }: HandlerOptions,
  fail: Fail,
): Pick<ResolvedOptions, 'expiresAfter' | 'trustedProxies' | 'maxSessionSeconds'> {
  if (!Number.isFinite(expiresAfter)) fail('expiresAfter must be a number of seconds.');
  if (!Number.isInteger(trustedProxies) || trustedProxies < 0 || trustedProxies > 20) {
    fail('trustedProxies must be the number of your own reverse proxies, 0 to 20.');
  }
  const isPossible = (seconds: number): boolean => seconds >= 1 && seconds <= LONGEST_SESSION_S;
  if (maxSessionSeconds !== undefined && !(typeof maxSessionSeconds === 'number' && isPossible(maxSessionSeconds))) {
    fail(`maxSessionSeconds must be a number of seconds from 1 to ${LONGEST_SESSION_S}. Leave it out for no limit.`);
  }
  const seconds = Math.round(Math.min(LONGEST_SECRET_S, Math.max(SHORTEST_SECRET_S, expiresAfter)));
  return { expiresAfter: seconds, trustedProxies, ...(maxSessionSeconds && { maxSessionSeconds }) };
}

function checkHeaders(names: unknown, fail: Fail): readonly string[] {
  const isName = (name: unknown): boolean => typeof name === 'string' && /^[\w-]+$/.test(name);
  if (names === undefined) return [];
  if (Array.isArray(names) && names.every(isName)) return [...(names as string[])];
  return fail('allowedHeaders must be a list of header names such as ["X-CSRF-Token"]. There is no wildcard.');
}

function checkBase(value: unknown, fail: Fail): string {
  const url = parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    return fail('baseUrl must be an http(s) URL without credentials, query or fragment.');
  }
  // Client libraries of the service want "/v1" in their base URL; whoever copies one over means the same place.
  return (url.origin + url.pathname).replace(/\/+$/, '').replace(/\/v1$/, '');
}

function checkOrigins(
  { allowedOrigins = [], publicOrigin }: HandlerOptions,
  fail: Fail,
): Pick<ResolvedOptions, 'allowedOrigins' | 'publicOrigin'> {
  const origin = (name: string, value: unknown): string =>
    originOf(value) ??
    fail(
      `${name} takes origins such as "https://shop.example": scheme, host and port, without path and without wildcard.`,
    );
  if (!Array.isArray(allowedOrigins)) fail('allowedOrigins must be a list, such as ["https://shop.example"].');
  return {
    allowedOrigins: allowedOrigins.map((value) => origin('allowedOrigins', value)),
    ...(publicOrigin !== undefined && { publicOrigin: origin('publicOrigin', publicOrigin) }),
  };
}

/** Undefined for what is no origin; `https://*.shop.example` is a URL, but no origin of any page. */
function originOf(value: unknown): string | undefined {
  const url = parse(value);
  if (!url || url.origin === 'null' || url.href !== `${url.origin}/` || url.host.includes('*')) return undefined;
  return url.origin;
}

function parse(value: unknown): URL | undefined {
  try {
    return typeof value === 'string' ? new URL(value) : undefined;
  } catch {
    return undefined;
  }
}
