import type { Handler } from '../../../src/server/index.js';
import { Caller } from '../../practice/caller.js';
import { visitorRequest, SITE } from '../visitor.js';

/** A real call through a session endpoint: in this process, or at a URL. */
export async function callThrough(endpoint: Handler | string, practiceUrl: string, query = ''): Promise<Caller> {
  const caller = new Caller({ url: practiceUrl });
  const body = await caller.offer();
  const response =
    typeof endpoint === 'string'
      ? await fetch(endpoint + query, {
          method: 'POST',
          headers: { 'Content-Type': 'application/sdp', Origin: endpoint },
          body,
        })
      : await endpoint(
          visitorRequest({
            url: `${SITE}/api/voice-session${query}`,
            body,
            headers: { 'Content-Type': 'application/sdp' },
          }),
        );
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  const location = new URLSearchParams(response.headers.get('Location')!.slice(1));
  await caller.connect(await response.text(), location.get('call_id')!);
  await caller.event('session.created');
  return caller;
}

interface Session {
  instructions?: string;
  tools?: { name?: string }[];
}

/** Waits until the service says that the session has these instructions and tools. */
export async function sessionBecomes(
  caller: Caller,
  { instructions, tools }: { instructions: string; tools: readonly string[] },
  from = 0,
): Promise<void> {
  const names = JSON.stringify(tools);
  const fits = (session: Session): boolean =>
    session.instructions === instructions && JSON.stringify((session.tools ?? []).map(({ name }) => name)) === names;
  await caller.until(
    () => caller.events.slice(from).some((event) => event.type === 'session.updated' && fits(event.session as Session)),
    `the instructions ${instructions} and the tools ${names}`,
  );
}

export function change(caller: Caller, session: Session & Record<string, unknown>): number {
  const from = caller.events.length;
  caller.send(JSON.stringify({ type: 'session.update', session: { type: 'realtime', ...session } }));
  return from;
}
