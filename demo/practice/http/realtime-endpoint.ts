import { type Context, Hono } from 'hono';
import type { DialectFactory } from '../call/dialect.js';
import { fragmented } from '../wire/realtime/fragmented-line.js';
import { bearer, checkApiKey, missingKey } from './keys.js';
import { channelIdOf, readJson, readOffer } from './offer.js';
import { RealtimeDialect } from '../wire/realtime/realtime-dialect.js';
import type { Secrets } from './secrets.js';
import type { ServerKind } from './server-kinds.js';
import { readSession, type SessionRequest } from '../wire/realtime/session-config.js';
import type { Switchboard } from '../call/switchboard.js';

/** The HTTP of the Realtime API, as the kind of server has it: secrets, calls and hanging up. */
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
      return c.json(secrets.mint(await readJson(c)));
    });
  }

  app.post(kind.calls, async (c) => {
    const bound = boundSession(c, kind, secrets, apiKey);
    const { sdp, session } = await readOffer(c, kind);
    const { id, answer } = await switchboard.open({
      sdp,
      dialect: dialectOf(kind, bound ?? session ?? readSession({ type: 'realtime' })),
      channelId: kind.agreesOnChannel ? channelIdOf(c.req.query('dcid')) : undefined,
      idPrefix: 'rtc',
    });
    if (kind.location === 'path') c.header('Location', `${kind.root}${kind.calls}/${id}`);
    if (kind.location === 'query') c.header('Location', `${kind.root}${kind.calls}?call_id=${id}`);
    if (kind.answer === 'json') return c.json({ sdp: answer, session_id: id }, kind.status);
    // Without a semicolon, as the one server that answers so writes it.
    c.header('Content-Type', kind.answer === 'text' ? 'text/plain charset=utf-8' : 'application/sdp');
    return c.body(answer, kind.status);
  });

  if (kind.location) {
    app.post(`${kind.calls}/:id/hangup`, (c) => {
      checkApiKey(c, kind, apiKey);
      switchboard.hangUp(c.req.param('id'));
      return c.body(null, 200);
    });
  }
  return app;
}

/** What the secret is bound to; undefined when the caller is a site's server with its own key. */
function boundSession(
  c: Context,
  kind: ServerKind,
  secrets: Secrets,
  apiKey: string | undefined,
): SessionRequest | undefined {
  const token = bearer(c);
  if (kind.secret === 'sealed') {
    // Behind such a server the site's key opens no calls.
    if (!token) throw missingKey();
    return secrets.redeem(token);
  }
  if (kind.secret && token?.startsWith('ek_')) return secrets.redeem(token);
  checkApiKey(c, kind, apiKey);
  return undefined;
}

function dialectOf(kind: ServerKind, session: SessionRequest): DialectFactory {
  return (line) => new RealtimeDialect(kind.wire === 'fragments' ? fragmented(line) : line, session);
}
