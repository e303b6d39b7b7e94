import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { seededRandom } from './seeded-random.js';

/** Of one direction. */
export interface PacketCount {
  arrived: number;
  /** What was sent on; the rest was lost here, or is still on its way. */
  passed: number;
}

interface Address {
  readonly address: string;
  readonly port: number;
}

const CANDIDATE = /^(a=candidate:\S+ \d+) udp (\d+) ([\d.]+) (\d+) (typ host.*)$/i;

/**
 * A bad network between a page and the peer that answers it, without any privilege: every answer whose SDP goes through
 * `lead` names the relay instead of the peer. The weather holds for all calls led through it, for later ones too.
 * The peer must not look for the page by itself, or it finds a way around: keep the offer's candidates from it.
 */
export class UdpRelay implements AsyncDisposable {
  /** `up` is from the page to the peer. */
  readonly packets: { readonly up: PacketCount; readonly down: PacketCount } = {
    up: { arrived: 0, passed: 0 },
    down: { arrived: 0, passed: 0 },
  };
  /** One for each direction: what happens to a packet does not depend on when those of the other one come. */
  readonly #chances: { readonly up: () => number; readonly down: () => number };
  readonly #sockets: Socket[] = [];
  readonly #onTheWay = new Set<NodeJS.Timeout>();
  #blackout = false;
  #closed = false;
  #loss = 0;
  #delay = 0;
  #jitter = 0;

  /** @param seed decides which packets are lost, and how late each of them is */
  constructor(seed = 1) {
    this.#chances = { up: seededRandom(seed), down: seededRandom(~seed) };
  }

  /** Nothing passes, either way. */
  blackout(on: boolean): void {
    this.#blackout = on;
  }

  /** So many of a hundred packets are lost, in each direction. */
  loss(percent: number): void {
    this.#loss = percent / 100;
  }

  /** Milliseconds in each direction: the round trip takes twice as long. */
  delay(ms: number): void {
    this.#delay = ms;
  }

  /** Up to so many milliseconds more, different for each packet: they overtake each other. */
  jitter(ms: number): void {
    this.#jitter = ms;
  }

  /** @returns the answer with a port of the relay in the place of each port of the peer */
  async lead(answerSdp: string): Promise<string> {
    const ports = new Map<string, number>();
    const lines: string[] = [];
    for (const line of answerSdp.split('\r\n')) {
      const [, begin, priority, address, port, end] = CANDIDATE.exec(line) ?? [];
      if (address && port) {
        const peer = `${address}:${port}`;
        ports.set(peer, ports.get(peer) ?? (await this.#open({ address, port: Number(port) })));
        lines.push(`${begin} udp ${priority} ${address} ${ports.get(peer)} ${end}`);
      } else if (!line.startsWith('a=candidate:')) {
        // Other candidates, over TCP or IPv6, would be ways around the relay.
        lines.push(line);
      }
    }
    if (ports.size === 0) throw new Error(`The answer names no UDP port to lead to:\n${answerSdp}`);
    return lines.join('\r\n');
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#onTheWay) clearTimeout(timer);
    await Promise.all(this.#sockets.splice(0).map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** @returns the port at which the page finds the peer */
  async #open(peer: Address): Promise<number> {
    // ICE takes an answer only from the address it asked.
    const front = await this.#bind(peer.address);
    // As behind a NAT, each address of the page is another port to the peer.
    const backs = new Map<string, Promise<Socket>>();
    const backOf = (page: Address): Promise<Socket> => {
      const key = `${page.address}:${page.port}`;
      const known = backs.get(key);
      if (known) return known;
      const back = this.#bind(peer.address).then((socket) =>
        socket.on('message', (packet) => this.#pass('down', () => this.#send(front, packet, page))),
      );
      backs.set(key, back);
      return back;
    };
    front.on('message', (packet, page) => {
      this.#pass('up', () => void backOf(page).then((back) => this.#send(back, packet, peer)));
    });
    return front.address().port;
  }

  async #bind(address: string): Promise<Socket> {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    // The other side may be gone: its silence is all that shall be noticed.
    socket.on('error', () => {});
    socket.bind(0, address);
    await once(socket, 'listening');
    return socket;
  }

  #pass(direction: 'up' | 'down', send: () => void): void {
    const count = this.packets[direction];
    const chance = this.#chances[direction];
    count.arrived++;
    if (this.#blackout || chance() < this.#loss) return;
    const deliver = (): void => {
      count.passed++;
      send();
    };
    const late = this.#delay + chance() * this.#jitter;
    if (late === 0) return deliver();
    const timer = setTimeout(() => {
      this.#onTheWay.delete(timer);
      deliver();
    }, late);
    this.#onTheWay.add(timer);
  }

  #send(from: Socket, packet: Buffer, to: Address): void {
    if (!this.#closed) from.send(packet, to.port, to.address, () => {});
  }
}
