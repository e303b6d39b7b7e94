import { getRequestListener } from '@hono/node-server';
import { createTokenHandler, type SessionConfig } from '../../../src/server/index.js';
import type { Answer, SeenRequest } from '../../support/http-faults.js';
import type { Routes } from '../../support/page-server.js';

/** The session that the tests' sites ask for. */
export const SESSION = {
  model: 'gpt-realtime',
  audio: { input: { transcription: { model: 'gpt-4o-transcribe' }, turn_detection: { type: 'server_vad' } } },
};

export const TOKEN_PATH = '/api/voice-token';

/** Another page of the site, to which the visitor goes. */
export const NEXT: Routes = { '/next': { body: '<!doctype html><title>Next page</title>' } };

/** A site that mounts the package's token handler. */
export function siteRoutes(practiceUrl: string, session: SessionConfig = SESSION): Routes {
  const handler = createTokenHandler({ apiKey: 'practice', baseUrl: practiceUrl, session, limiter: false });
  const listener = getRequestListener(handler);
  return { [TOKEN_PATH]: (request, response) => void listener(request, response) };
}

/** The answer of a working token endpoint. */
export async function newSecret(practiceUrl: string): Promise<{ value: string; expires_at: number; dcid?: boolean }> {
  const response = await fetch(`${practiceUrl}/v1/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: 'Bearer practice', 'content-type': 'application/json' },
    body: JSON.stringify({ session: { type: 'realtime', ...SESSION } }),
  });
  if (!response.ok) throw new Error(`The practice server issued no client secret: ${response.status}`);
  return (await response.json()) as { value: string; expires_at: number };
}

/** A working token endpoint, for a fault server. */
export const issueSecret = (practiceUrl: string) => async (): Promise<Answer> => ({
  body: await newSecret(practiceUrl),
});

/** A working calls endpoint, for a fault server. It forwards the offer; `change` edits the answer. */
export const forwardOffer =
  (practiceUrl: string, change: (sdp: string) => string = (sdp) => sdp) =>
  async ({ query, body, headers }: SeenRequest): Promise<Answer> => {
    const response = await fetch(`${practiceUrl}/v1/realtime/calls${query}`, {
      method: 'POST',
      headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' },
      body,
    });
    const sdp = change(await response.text());
    return {
      status: response.status,
      body: sdp,
      headers: { 'content-type': 'application/sdp', location: response.headers.get('location') ?? '' },
    };
  };
