import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { seededRandom } from './seeded-random.js';

/** Packets of one direction. */
export interface PacketCount {
  arrived: number;
  /** Packets that were sent on. The others were dropped here or are still delayed. */
  passed: number;
}

interface Address {
  readonly address: string;
  readonly port: number;
}

const CANDIDATE = /^(a=candidate:\S+ \d+) udp (\d+) ([\d.]+) (\d+) (typ host.*)$/i;

/**
 * Simulates a bad network between a page and the peer that answers it, without special privileges: `lead` rewrites the
 * candidates of an SDP answer so that they name the relay instead of the peer. Loss and delay apply to all calls that
 * use the relay. Remove the candidates from the offer, or the peer connects to the page directly.
 */
export class UdpRelay implements AsyncDisposable {
  /** `up` is from the page to the peer. */
  readonly packets: { readonly up: PacketCount; readonly down: PacketCount } = {
    up: { arrived: 0, passed: 0 },
    down: { arrived: 0, passed: 0 },
  };
  /** One generator for each direction, so that the directions do not influence each other. */
  readonly #chances: { readonly up: () => number; readonly down: () => number };
  readonly #sockets: Socket[] = [];
  readonly #onTheWay = new Set<NodeJS.Timeout>();
  #blackout = false;
  #closed = false;
  #loss = 0;
  #delay = 0;
  #jitter = 0;

  /** @param seed determines which packets are lost and how long each is delayed */
  constructor(seed = 1) {
    this.#chances = { up: seededRandom(seed), down: seededRandom(~seed) };
  }

  /** Drops all packets, in both directions, while it is on. */
  blackout(on: boolean): void {
    this.#blackout = on;
  }

  /** Drops this share of the packets in each direction, in percent. */
  loss(percent: number): void {
    this.#loss = percent / 100;
  }

  /** Delays packets by this many milliseconds in each direction; the round trip grows by twice as much. */
  delay(ms: number): void {
    this.#delay = ms;
  }

  /** Adds a random delay of up to this many milliseconds to each packet, so that packets overtake each other. */
  jitter(ms: number): void {
    this.#jitter = ms;
  }

  /** @returns the SDP answer with a port of the relay in place of each port of the peer */
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
        // Other candidates, over TCP or IPv6, would bypass the relay.
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

  /** @returns the port of the relay that stands for this peer */
  async #open(peer: Address): Promise<number> {
    // ICE accepts an answer only from the address that it sent to.
    const front = await this.#bind(peer.address);
    // As with a NAT, each address of the page becomes another port towards the peer.
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
    // The other side may be gone. Like a real network, the relay stays silent then.
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
