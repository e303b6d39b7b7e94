import { Hono } from 'hono';
import type { Call } from '../call/call.js';
import type { Tempo } from '../call/dialect.js';
import { invalid, ServiceError } from './service-error.js';

/** What the service does not have: a look into the calls, and a hand in them, for tests. */
export function inspection(calls: ReadonlyMap<string, Call>, tempo: Tempo): Hono {
  const app = new Hono();

  const callOf = (id: string): Call => {
    const call = calls.get(id);
    if (!call) throw new ServiceError(404, 'No such call.', 'call_not_found');
    return call;
  };

  app.get('/calls', async (c) => c.json(await Promise.all([...calls.values()].map((call) => call.describe()))));
  app.get('/calls/:id', async (c) => c.json(await callOf(c.req.param('id')).describe()));

  /** A string in the list is sent as it is, so that a malformed event can be sent too. */
  app.post('/calls/:id/events', async (c) => {
    const events: unknown = await c.req.json();
    if (!Array.isArray(events)) throw invalid('Expected a list of events.', 'invalid_type');
    const call = callOf(c.req.param('id'));
    const sent = events.filter((event) => call.sendText(typeof event === 'string' ? event : JSON.stringify(event)));
    return c.json({ sent: sent.length });
  });

  app.post('/calls/:id/drop', async (c) => {
    const { how } = await c.req.json<{ how?: unknown }>();
    const call = callOf(c.req.param('id'));
    if (how === 'peer') call.end();
    else if (how === 'channel') call.closeChannel();
    else throw invalid("Expected 'peer' or 'channel'.", 'invalid_value', 'how');
    return c.json({ dropped: how });
  });

  app.post('/calls/:id/scripted', async (c) => {
    const { scripted } = await c.req.json<{ scripted?: unknown }>();
    const call = callOf(c.req.param('id'));
    call.scripted = scripted === true;
    return c.json({ scripted: call.scripted });
  });

  /** Holds for the calls that follow. */
  app.post('/tempo', async (c) => c.json(Object.assign(tempo, await c.req.json<Partial<Tempo>>())));

  return app;
}
