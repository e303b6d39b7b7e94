import { respond, startUpstream, type Answer, type UpstreamServer } from './upstream-server.js';

export const HUMAN_SECRET = 'captcha-secret-key';
export const HUMAN_TOKEN = 'a-solved-captcha';

export const verified = (more: object = {}): Answer =>
  respond(200, JSON.stringify({ success: true, 'error-codes': [], hostname: 'shop.example', ...more }));

export const refusedBecause = (...codes: string[]): Answer =>
  respond(200, JSON.stringify({ success: false, 'error-codes': codes }));

/** A real HTTP server in place of a captcha service. It confirms every token until the test decides otherwise. */
export async function startVerifier(): Promise<UpstreamServer> {
  const server = await startUpstream();
  server.answer(verified());
  return server;
}
