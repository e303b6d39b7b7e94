/** Everything that the server takes from its environment. */
const { env } = process;

const number = (name, fallback) => {
  const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
  if (value !== undefined && !Number.isFinite(value)) throw new Error(`${name} must be a number.`);
  return value;
};

export const settings = {
  host: env.HOST || '127.0.0.1',
  port: number('PORT', 8080),
  /** The key of the service. */
  apiKey: env.OPENAI_API_KEY,
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
  maxSessionSeconds: number('MAX_SESSION_SECONDS', 900),
  session: {
    model: env.OPENAI_REALTIME_MODEL || 'gpt-realtime-2.1',
    instructions: env.INSTRUCTIONS || 'You are the friendly assistant of a bicycle shop. Be brief.',
    audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
  },
};
