/** What of its HTTP and its wire one kind of server does otherwise than another. */
export interface ServerKind {
  /** Before every path. */
  root: '/v1' | '/openai/v1';
  /** Below the root; the others hang on it. */
  calls: '/realtime/calls' | '/realtime';
  /** What a browser shows: `ephemeral` begins with `ek_`, `sealed` cannot be recognised, null: there is nothing minted. */
  secret: 'ephemeral' | 'sealed' | null;
  /** How a site's server shows its key; `optional`: unless the practice server was given one, nobody is asked. */
  key: 'bearer' | 'api-key' | 'optional';
  /** The shapes of a call's body that are understood. */
  offers: readonly ('sdp' | 'form' | 'json')[];
  /** The model has to be named with the offer, since no secret is bound to one. */
  namesModel: boolean;
  answer: 'sdp' | 'text' | 'json';
  status: 200 | 201;
  /** Where `Location` has the call's id. */
  location: 'path' | 'query' | null;
  /** Whether `dcid` is heeded: else a channel that was agreed on beforehand never opens. */
  agreesOnChannel: boolean;
  /** Whether pages of other sites may ask. */
  crossOrigin: boolean;
  /** `fragments`: names of the beta, in small wrapped messages. */
  wire: 'events' | 'fragments';
  live: boolean;
}

const OPENAI: ServerKind = {
  root: '/v1',
  calls: '/realtime/calls',
  secret: 'ephemeral',
  key: 'bearer',
  offers: ['sdp', 'form'],
  namesModel: false,
  answer: 'sdp',
  status: 201,
  location: 'path',
  agreesOnChannel: true,
  crossOrigin: true,
  wire: 'events',
  live: true,
};

/** Each kind is the service, but for what stands here. What is assumed and not known of a server says so. */
export const SERVER_KINDS = {
  openai: OPENAI,
  // Its key goes in a header of its own, or comes from Entra as a bearer.
  azure: { ...OPENAI, root: '/openai/v1', key: 'api-key', location: 'query', agreesOnChannel: false },
  // Assumed: no `dcid`, no form.
  localai: {
    ...OPENAI,
    secret: null,
    key: 'optional',
    offers: ['json'],
    namesModel: true,
    answer: 'json',
    status: 200,
    location: null,
    agreesOnChannel: false,
    crossOrigin: false,
    live: false,
  },
  // Assumed: the rest of the handshake is the service's, secrets too.
  huggingface: { ...OPENAI, status: 200, crossOrigin: false, live: false },
  litellm: { ...OPENAI, secret: 'sealed', live: false },
  // It allows other origins only when it is told to; here it has been.
  speaches: {
    ...OPENAI,
    calls: '/realtime',
    secret: null,
    key: 'optional',
    offers: ['sdp'],
    namesModel: true,
    answer: 'text',
    status: 200,
    location: null,
    agreesOnChannel: false,
    wire: 'fragments',
    live: false,
  },
} as const satisfies Record<string, ServerKind>;

export type ServerKindName = keyof typeof SERVER_KINDS;
