import type { Context } from 'hono';
import { invalid } from '../service/service-error.js';
import { readSession, type SessionRequest } from '../wire/realtime/session-config.js';
import type { ServerKind } from './server-kinds.js';

export interface Offer {
  sdp: string;
  /** The session that the request itself asks for; undefined if the client secret decides. */
  session: SessionRequest | undefined;
}

const LARGEST_CHANNEL_ID = 65_534;

/** A browser sends the SDP alone, a site's server sends a form, and some kinds of server take JSON. */
export async function readOffer(c: Context, kind: ServerKind): Promise<Offer> {
  const type = c.req.header('Content-Type') ?? '';
  const takes = (shape: ServerKind['offers'][number], mediaType: string) =>
    kind.offers.includes(shape) && type.startsWith(mediaType);
  if (takes('sdp', 'application/sdp')) {
    const model = c.req.query('model');
    return { sdp: await c.req.text(), session: sessionOf(kind, model) };
  }
  if (takes('json', 'application/json')) {
    const { sdp, model } = await readJson(c);
    return { sdp: required(sdp, 'sdp'), session: sessionOf(kind, model) };
  }
  if (takes('form', 'multipart/form-data')) return readForm(c);
  throw invalid(`Unsupported content type: '${type}'.`, 'unsupported_content_type');
}

export async function readJson(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null)
    throw invalid('We could not parse the JSON body of your request.', 'invalid_json');
  return body as Record<string, unknown>;
}

export function required(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') {
    throw invalid(`Missing required parameter: '${name}'.`, 'missing_required_parameter', name);
  }
  return value;
}

/** @param dcid a text in a query, a number in JSON */
export function channelIdOf(dcid: unknown, param = 'dcid'): number | undefined {
  if (dcid === undefined) return undefined;
  const id = Number(dcid);
  if (!Number.isInteger(id) || id < 0 || id > LARGEST_CHANNEL_ID)
    throw invalid('Invalid data channel id.', 'invalid_value', param);
  return id;
}

function sessionOf(kind: ServerKind, model: unknown): SessionRequest | undefined {
  if (kind.namesModel) return readSession({ type: 'realtime', model: required(model, 'model') });
  return model ? readSession({ type: 'realtime', model }) : undefined;
}

async function readForm(c: Context): Promise<Offer> {
  const form = await c.req.formData().catch(() => {
    throw invalid('We could not parse the form of your request.', 'invalid_form');
  });
  const sdp = await textOf(form.get('sdp'), 'sdp');
  return {
    sdp,
    session: form.has('session') ? parsedSession(await textOf(form.get('session'), 'session')) : undefined,
  };
}

async function textOf(part: FormDataEntryValue | null, name: string): Promise<string> {
  if (part === null) throw invalid(`Missing required parameter: '${name}'.`, 'missing_required_parameter', name);
  return typeof part === 'string' ? part : part.text();
}

function parsedSession(text: string): SessionRequest {
  try {
    return readSession(JSON.parse(text));
  } catch (problem) {
    if (problem instanceof SyntaxError)
      throw invalid("We could not parse the JSON of 'session'.", 'invalid_json', 'session');
    throw problem;
  }
}
