import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Stands between a page and a server, and can go silent as a network does: connections open, and nothing comes of
 * them. What was sent into the silence is lost for good, so a request that was made in it hangs until it is given up.
 */
export class SilentProxy implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #network: { silent: boolean };

  private constructor(server: Server, sockets: Set<Socket>, network: { silent: boolean }) {
    this.#server = server;
    this.#sockets = sockets;
    this.#network = network;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(targetUrl: string): Promise<SilentProxy> {
    const { hostname, port } = new URL(targetUrl);
    const sockets = new Set<Socket>();
    const network = { silent: false };
    const server = createServer((front) => {
      const back = connect(Number(port), hostname);
      // A connection that has lost something is dead: the rest would make no sense without it.
      let isDead = false;
      for (const [from, to] of [
        [front, back],
        [back, front],
      ] as const) {
        sockets.add(from);
        from.on('data', (data) => {
          isDead ||= network.silent;
          if (!isDead) to.write(data);
        });
        from.on('error', () => {});
        from.on('close', () => {
          sockets.delete(from);
          if (!isDead || from === front) to.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SilentProxy(server, sockets, network);
  }

  silence(on: boolean): void {
    this.#network.silent = on;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
