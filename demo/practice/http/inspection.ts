import { Hono } from 'hono';
import { invalid, ServiceError } from '../service/service-error.js';
import type { PlacedCall } from '../switchboard/placed-call.js';
import type { ProcessPool } from '../switchboard/process-pool.js';
import type { Tempo } from '../wire/dialect.js';

/** Endpoints that no real service has: with them, tests look into calls and change them. */
export function inspection(calls: ReadonlyMap<string, PlacedCall>, processes: ProcessPool, tempo: Tempo): Hono {
  const app = new Hono();

  const callOf = (id: string): PlacedCall => {
    const call = calls.get(id);
    if (!call) throw new ServiceError(404, 'No such call.', 'call_not_found');
    return call;
  };

  app.get('/calls', async (c) => c.json(await Promise.all([...calls.values()].map((call) => call.describe()))));
  app.get('/calls/:id', async (c) => c.json(await callOf(c.req.param('id')).describe()));

  /** Is answered when the process of the call is gone: with its signal or exit code if it ended during the call. */
  app.get('/calls/:id/crash', async (c) => c.json({ crash: (await callOf(c.req.param('id')).crash) ?? null }));

  app.get('/calls/:id/sound', async (c) => {
    const { buffer, byteOffset, byteLength } = await callOf(c.req.param('id')).sound();
    return c.body(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  });

  /** A string in the list is sent as it is, so that a malformed event can be sent too. */
  app.post('/calls/:id/events', async (c) => {
    const events: unknown = await c.req.json();
    if (!Array.isArray(events)) throw invalid('Expected a list of events.', 'invalid_type');
    const texts = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));
    return c.json({ sent: await callOf(c.req.param('id')).send(texts) });
  });

  app.post('/calls/:id/drop', async (c) => {
    const { how } = await c.req.json<{ how?: unknown }>();
    const call = callOf(c.req.param('id'));
    if (how === 'peer') await call.drop();
    else if (how === 'channel') await call.closeChannel();
    else throw invalid("Expected 'peer' or 'channel'.", 'invalid_value', 'how');
    return c.json({ dropped: how });
  });

  app.post('/calls/:id/scripted', async (c) => {
    const { scripted } = await c.req.json<{ scripted?: unknown }>();
    await callOf(c.req.param('id')).setScripted(scripted === true);
    return c.json({ scripted: scripted === true });
  });

  /** Changes the tempo of the calls that follow. */
  app.post('/tempo', async (c) => c.json(Object.assign(tempo, await c.req.json<Partial<Tempo>>())));

  /** The processes by their ids: those that wait for a call, and those of the calls that have not ended. */
  app.get('/processes', (c) => {
    const running = [...calls.values()].filter(({ ended }) => !ended);
    return c.json({
      warm: processes.warm.map(({ pid }) => pid),
      calls: Object.fromEntries(running.map(({ id, process }) => [id, process.pid])),
    });
  });

  return app;
}
