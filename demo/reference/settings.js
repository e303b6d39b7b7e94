/** Everything that the server takes from its environment. */
const { env } = process;

const number = (name, fallback) => {
  const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
  if (value !== undefined && !Number.isFinite(value)) throw new Error(`${name} must be a number.`);
  return value;
};

const onOrOff = (name) => {
  const value = env[name] || '0';
  if (!/^[01]$/.test(value)) throw new Error(`${name} must be 1 or 0.`);
  return value === '1';
};

export const settings = {
  host: env.HOST || '127.0.0.1',
  port: number('PORT', 8080),
  /** How long the server goes on after SIGTERM, while its health route says that it stops. */
  stopDelaySeconds: number('STOP_DELAY_SECONDS', 5),
  /** The key of the service. */
  apiKey: env.OPENAI_API_KEY,
  /** For signatures and hashes, the same in all processes. */
  secret: env.SECRET || undefined,
  baseUrl: env.OPENAI_BASE_URL || undefined,
  /** Several processes need it. */
  redisUrl: env.REDIS_URL || undefined,
  /** The site as visitors see it, such as https://shop.example. */
  publicOrigin: env.PUBLIC_ORIGIN || undefined,
  /** Other sites whose pages use this server, such as https://www.shop.example,https://shop.example. */
  allowedOrigins: (env.ALLOWED_ORIGINS || '').split(',').flatMap((origin) => origin.trim() || []),
  /** How many reverse proxies of your own stand before the server. */
  trustedProxies: number('TRUSTED_PROXIES', 0),
  /** Requests a minute. */
  perAddress: number('LIMIT_PER_ADDRESS', 10),
  perSite: number('LIMIT_PER_SITE', 100),
  mostCallsADay: number('MOST_CALLS_A_DAY', 500),
  /** 0 for no limit. */
  maxSessionSeconds: number('MAX_SESSION_SECONDS', 900) || undefined,
  /** Whether visitors can get secrets: their calls have no guard and no time limit, and are not counted one by one. */
  tokenEndpoint: onOrOff('TOKEN_ENDPOINT'),
  session: {
    model: env.OPENAI_REALTIME_MODEL || 'gpt-realtime-2.1',
    instructions: env.INSTRUCTIONS || 'You are the friendly assistant of a bicycle shop. Be brief.',
    audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
  },
};
