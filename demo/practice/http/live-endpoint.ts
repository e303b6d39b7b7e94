import { Hono } from 'hono';
import { isObject } from '../service/json-object.js';
import { invalid } from '../service/service-error.js';
import type { Switchboard } from '../switchboard/switchboard.js';
import { readLiveSession } from '../wire/live/live-session.js';
import { checkApiKey } from './keys.js';
import { channelIdOf, readJson, required } from './offer.js';
import type { ServerKind } from './server-kinds.js';

/** The HTTP of GPT-Live. It takes only the key of a site's server: browsers have no client secret for it. */
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
      language: { name: 'live', session: asked },
      channelId: kind.agreesOnChannel ? channelIdOf(transport['dcid'], 'transport.dcid') : undefined,
    });
    c.header('Location', `${kind.root}/live/sessions/${id}`);
    return c.json({ session: { id }, transport: { type: 'webrtc', sdp: answer } }, 201);
  });

  app.post('/live/sessions/:id/hangup', async (c) => {
    checkApiKey(c, kind, apiKey);
    await switchboard.hangUp(c.req.param('id'));
    return c.body(null, 200);
  });
  return app;
}
