import { type Context, Hono } from 'hono';
import type { Switchboard } from '../switchboard/switchboard.js';
import { readSession, type SessionRequest } from '../wire/realtime/session-config.js';
import { bearer, checkApiKey, missingKey } from './keys.js';
import { channelIdOf, readJson, readOffer } from './offer.js';
import type { Secrets } from './secrets.js';
import type { ServerKind } from './server-kinds.js';

/** The HTTP of the Realtime API in one kind of server: client secrets, calls and hanging up. */
export function realtimeEndpoint(
  kind: ServerKind,
  switchboard: Switchboard,
  secrets: Secrets,
  apiKey: string | undefined,
): Hono {
  const app = new Hono();

  if (kind.secret) {
    app.post('/realtime/client_secrets', async (c) => {
      checkApiKey(c, kind, apiKey);
      const secret = secrets.mint(await readJson(c));
      // The service does not say so: everybody knows it of the service.
      return c.json(kind.agreesOnChannel ? { ...secret, dcid: true } : secret);
    });
  }

  app.post(kind.calls, async (c) => {
    const bound = boundSession(c, kind, secrets, apiKey);
    const { sdp, session } = await readOffer(c, kind);
    const asked = bound ?? session ?? readSession({ type: 'realtime' });
    const { id, answer } = await switchboard.open({
      sdp,
      language: { name: 'realtime', wire: kind.wire, session: asked },
      channelId: kind.agreesOnChannel ? channelIdOf(c.req.query('dcid')) : undefined,
    });
    if (kind.location === 'path') c.header('Location', `${kind.root}${kind.calls}/${id}`);
    if (kind.location === 'query') c.header('Location', `${kind.root}${kind.calls}?call_id=${id}`);
    if (kind.answer === 'json') return c.json({ sdp: answer, session_id: id }, kind.status);
    // The one server that answers with plain text writes its type without a semicolon.
    c.header('Content-Type', kind.answer === 'text' ? 'text/plain charset=utf-8' : 'application/sdp');
    return c.body(answer, kind.status);
  });

  if (kind.location) {
    app.post(`${kind.calls}/:id/hangup`, async (c) => {
      checkApiKey(c, kind, apiKey);
      await switchboard.hangUp(c.req.param('id'));
      return c.body(null, 200);
    });
  }
  return app;
}

/** The session that the client secret is bound to; undefined if the request comes from a site's server with its key. */
function boundSession(
  c: Context,
  kind: ServerKind,
  secrets: Secrets,
  apiKey: string | undefined,
): SessionRequest | undefined {
  const token = bearer(c);
  if (kind.secret === 'sealed') {
    // Such a server does not take the site's key for a call.
    if (!token) throw missingKey();
    return secrets.redeem(token);
  }
  if (kind.secret && token?.startsWith('ek_')) return secrets.redeem(token);
  checkApiKey(c, kind, apiKey);
  return undefined;
}
