import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';

/** Runs in the page, bundled: the service's own client library, used as its documentation shows. */
export class OfficialClient {
  /** Types of all server events, in order. */
  readonly events: string[] = [];
  readonly errors: string[] = [];
  readonly deltas: string[] = [];
  readonly #audio = new Audio();
  readonly #session: RealtimeSession;

  constructor(callsUrl: string, model: string) {
    const agent = new RealtimeAgent({ name: 'Practice', instructions: 'Answer briefly.' });
    const transport = new OpenAIRealtimeWebRTC({ baseUrl: callsUrl, audioElement: this.#audio });
    this.#session = new RealtimeSession(agent, { transport, model });
    this.#session.on('error', ({ error }) => void this.errors.push(JSON.stringify(error) ?? String(error)));
    transport.on('*', ({ type }: { type: string }) => void this.events.push(type));
    transport.on('audio_transcript_delta', ({ delta }) => void this.deltas.push(delta));
  }

  connect(apiKey: string): Promise<void> {
    return this.#session.connect({ apiKey });
  }

  /** The conversation as the client keeps it. */
  get history(): string[] {
    return this.#session.history.flatMap((item) =>
      item.type !== 'message'
        ? []
        : item.content.map(
            (part) => `${item.role}: ${'transcript' in part ? part.transcript : 'text' in part ? part.text : ''}`,
          ),
    );
  }

  say(text: string): void {
    this.#session.sendMessage(text);
  }

  close(): void {
    this.#session.close();
  }
}

Object.assign(window, { OfficialClient });
