/** How the HTTP and the events of one kind of server differ from another. */
export interface ServerKind {
  /** The beginning of every path. */
  root: '/v1' | '/openai/v1';
  /** The path of calls, below the root. */
  calls: '/realtime/calls' | '/realtime';
  /** The client secrets: `ephemeral` begins with `ek_`, `sealed` has no prefix, null means that none are minted. */
  secret: 'ephemeral' | 'sealed' | null;
  /** How a site's server sends its key. `optional`: it is asked for only if the practice server was given one. */
  key: 'bearer' | 'api-key' | 'optional';
  /** The formats of an offer that are understood. */
  offers: readonly ('sdp' | 'form' | 'json')[];
  /** Whether the offer names the model, because there is no client secret that does. */
  namesModel: boolean;
  answer: 'sdp' | 'text' | 'json';
  status: 200 | 201;
  /** Where the `Location` header has the id of the call; null: there is no such header. */
  location: 'path' | 'query' | null;
  /** Whether `dcid` is supported. Otherwise a channel that was agreed on in advance never opens. */
  agreesOnChannel: boolean;
  /** Whether pages of other origins may call it (CORS). */
  crossOrigin: boolean;
  /** `fragments`: the events have their names of the beta, and come wrapped in small messages. */
  wire: 'events' | 'fragments';
  /** Whether it has GPT-Live. */
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

/** Each kind differs from the service in the fields named here. An assumption about a server says so. */
export const SERVER_KINDS = {
  openai: OPENAI,
  // The key comes in a header of its own, or from Entra as a bearer token.
  azure: { ...OPENAI, root: '/openai/v1', key: 'api-key', location: 'query', agreesOnChannel: false },
  // Assumption: no `dcid`, no form.
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
  // Assumption: the rest of the handshake, with its client secrets, is that of the service.
  huggingface: { ...OPENAI, status: 200, crossOrigin: false, live: false },
  litellm: { ...OPENAI, secret: 'sealed', live: false },
  // Other origins are allowed only by its configuration; here they are.
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
