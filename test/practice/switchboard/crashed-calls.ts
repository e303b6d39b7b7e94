/** Tests that must fail at once: `caller-crash.test.ts` runs them. In each the process of a call crashes. */
import { after, before, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { Caller } from '../caller.js';
import { processesOf } from './processes.js';

/** Longer than the test that runs these waits for them. */
const NEVER_MS = 600_000;

let server: PracticeServer;
const callers: Caller[] = [];
before(async () => {
  server = await startPracticeServer();
});
after(async () => {
  for (const caller of callers) caller.close();
  await server.close();
});

async function crash(): Promise<Caller> {
  const caller = await Caller.call({ url: server.url, patience: NEVER_MS });
  callers.push(caller);
  await caller.event('session.created');
  const { calls } = await processesOf(server.url);
  process.kill(calls[caller.callId]!, 'SIGSEGV');
  return caller;
}

it('waits for an event of the call', async () => {
  const caller = await crash();
  await caller.event('response.done');
});

it('waits for something else', async () => {
  await crash();
  await new Promise((resolve) => setTimeout(resolve, NEVER_MS).unref());
});

it('is not concerned', () => undefined);
