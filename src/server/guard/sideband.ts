/** A class like `WebSocket` whose second parameter takes `{ headers }`: that of `ws`, Node 22, Deno or Bun. */
export type SidebandClass = new (...parameters: never[]) => object;

interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: ((event: unknown) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface SidebandListener {
  opened(): void;
  /** An event of the session. */
  received(event: Record<string, unknown>): void;
  /** It was closed, or never opened. Called once, and not after `close`. */
  closed(): void;
}

export type Connect = (callId: string, listener: SidebandListener) => Sideband;

const OPEN_LIMIT_MS = 5_000;

/** The WebSocket of the site's server to a running call. Both sides of the call get the events of the session. */
export class Sideband {
  readonly #listener: SidebandListener;
  readonly #timer: ReturnType<typeof setTimeout>;
  #socket: Socket | undefined;

  constructor(WebSocket: SidebandClass, url: string, apiKey: string, listener: SidebandListener) {
    this.#listener = listener;
    this.#timer = setTimeout(() => this.#closed(), OPEN_LIMIT_MS);
    const Class = WebSocket as unknown as new (url: string, options: object) => Socket;
    const socket = new Class(url, { headers: { Authorization: `Bearer ${apiKey}` } });
    this.#socket = socket;
    socket.onopen = () => {
      clearTimeout(this.#timer);
      if (this.#socket) listener.opened();
    };
    socket.onmessage = ({ data }) => {
      const event = this.#socket && parsed(data);
      if (event) listener.received(event);
    };
    socket.onclose = () => this.#closed();
    // Always followed by `close`; without a listener, `ws` would throw.
    socket.onerror = () => undefined;
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  close(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #closed(): void {
    if (!this.#socket) return;
    this.close();
    this.#listener.closed();
  }
}

/** Whether the service knows the call: it lets the site's server in. */
export async function canJoin(connect: Connect, callId: string): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const sideband = connect(callId, {
      opened: () => {
        sideband.close();
        resolve(true);
      },
      received: () => undefined,
      closed: () => resolve(false),
    });
  });
}

function parsed(data: unknown): Record<string, unknown> | undefined {
  try {
    const event: unknown = JSON.parse(String(data));
    return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
