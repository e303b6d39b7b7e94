import { Hono } from 'hono';
import { checkApiKey } from './keys.js';
import { LiveDialect } from '../wire/live/live-dialect.js';
import { isObject, readLiveSession } from '../wire/live/live-session.js';
import { channelIdOf, readJson, required } from './offer.js';
import type { ServerKind } from './server-kinds.js';
import { invalid } from './service-error.js';
import type { Switchboard } from '../call/switchboard.js';

/** The HTTP of GPT-Live. Only a site's server gets in: there is no secret for browsers. */
export function liveEndpoint(kind: ServerKind, switchboard: Switchboard, apiKey: string | undefined): Hono {
  const app = new Hono();

  app.post('/live/sessions', async (c) => {
    checkApiKey(c, kind, apiKey);
    const { session, transport } = await readJson(c);
    const asked = readLiveSession(session);
    if (!isObject(transport) || transport['type'] !== 'webrtc') {
      throw invalid("Supported values are: 'webrtc'.", 'invalid_value', 'transport.type');
    }
    const { id, answer } = await switchboard.open({
      sdp: required(transport['sdp'], 'transport.sdp'),
      dialect: (line) => new LiveDialect(line, asked),
      channelId: kind.agreesOnChannel ? channelIdOf(transport['dcid'], 'transport.dcid') : undefined,
      idPrefix: 'live',
    });
    c.header('Location', `${kind.root}/live/sessions/${id}`);
    return c.json({ session: { id }, transport: { type: 'webrtc', sdp: answer } }, 201);
  });

  app.post('/live/sessions/:id/hangup', (c) => {
    checkApiKey(c, kind, apiKey);
    switchboard.hangUp(c.req.param('id'));
    return c.body(null, 200);
  });
  return app;
}
