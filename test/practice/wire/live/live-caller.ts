import type { LiveClientEvent, LiveServerEvent } from '../../../../demo/practice/wire/live/live-event.js';
import { Caller, type CallerOptions } from '../../caller.js';

export type LiveHeard = LiveServerEvent & { event_id: string; client_event_id?: string };

/** A session with a backend, which typed words and tools need. */
export const BACKED = { model: 'any', delegation: { type: 'responses', responses: { model: 'any', tools: [] } } };

/** A client of GPT-Live, together with the site's server that opens its session. */
export class LiveCaller extends Caller<LiveHeard, LiveClientEvent> {
  static async live({ session = BACKED, ...options }: CallerOptions): Promise<LiveCaller> {
    const caller = new LiveCaller(options);
    const transport = {
      type: 'webrtc',
      sdp: await caller.offer(options),
      ...(options.dcid === undefined ? {} : { dcid: options.dcid }),
    };
    const response = await postLive(options.url, { session, transport });
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
    const created = (await response.json()) as { session: { id: string }; transport: { sdp: string } };
    await caller.connect(created.transport.sdp, created.session.id);
    await caller.event('session.started');
    return caller;
  }

  protected override get itemCreate(): string {
    return 'response.item.create';
  }

  /** All words of one side since the event `from`. */
  words(side: 'input' | 'output', from = 0): string {
    return this.deltas(side, from)
      .map(({ delta }) => delta)
      .join('');
  }

  deltas(side: 'input' | 'output', from = 0): { delta: string; start_ms: number; end_ms: number }[] {
    return this.events
      .slice(from)
      .flatMap((event) => ('delta' in event && event.type === `session.${side}_transcript.delta` ? [event] : []));
  }

  /** The events of the backend, unwrapped. */
  backend(from = 0): ({ type: string } & Record<string, unknown>)[] {
    return this.events.slice(from).flatMap((event) => (event.type === 'response.event' ? [event.event] : []));
  }
}

export function postLive(url: string, body: unknown, key = 'sk-practice'): Promise<Response> {
  return fetch(`${url}/v1/live/sessions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
