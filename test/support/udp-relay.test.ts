import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { UdpRelay } from './udp-relay.js';

const LOCAL = '127.0.0.1';
const ROUNDS = 1000;

/** Sends every packet back. */
let peer: Socket;
let relay: UdpRelay;
let port: number;
before(async () => {
  peer = await bound();
  peer.on('message', (packet, from) => peer.send(packet, from.port, from.address));
});
beforeEach(async () => {
  relay = new UdpRelay(7);
  port = portsOf(await relay.lead(answerWith(peer.address().port)))[0]!;
});
afterEach(() => relay.close());
after(() => peer.close());

describe('the relay', () => {
  it('replaces all candidates of the answer', async () => {
    await using other = new UdpRelay();
    const answer = await other.lead(answerWith(peer.address().port));
    const candidates = answer.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    const [first] = portsOf(answer);
    assert.notEqual(first, peer.address().port);
    // Both media sections get the same port, and only the candidates change.
    const line = `a=candidate:2 1 udp 2122194687 ${LOCAL} ${first} typ host generation 0 network-id 1`;
    assert.deepEqual(candidates, [line, line]);
    const others = (sdp: string): string[] => sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate:'));
    assert.deepEqual(others(answer), others(answerWith(peer.address().port)));
    await assert.rejects(other.lead('v=0\r\ns=-\r\n'), /names no UDP port/);
  });

  it('passes all packets on by default, in both directions and for several clients at once', async () => {
    const [one, two] = await Promise.all([ping(100), ping(100)]);
    assert.deepEqual([one.length, two.length], [100, 100]);
    assert.deepEqual(relay.packets, { up: { arrived: 200, passed: 200 }, down: { arrived: 200, passed: 200 } });
  });

  it('drops all packets during a blackout, also of later calls, and none afterwards', async () => {
    relay.blackout(true);
    const later = portsOf(await relay.lead(answerWith(peer.address().port)))[0]!;
    assert.deepEqual([(await ping(50)).length, (await ping(50, later)).length], [0, 0]);
    assert.deepEqual(relay.packets.up, { arrived: 100, passed: 0 });
    relay.blackout(false);
    assert.deepEqual([(await ping(50)).length, (await ping(50, later)).length], [50, 50]);
  });

  it('drops the given share of the packets', async () => {
    relay.loss(20);
    const answered = await ping(ROUNDS);
    const { up, down } = relay.packets;
    assert.ok(Math.abs(up.passed / up.arrived - 0.8) < 0.04, `${up.passed} of ${up.arrived} went up`);
    assert.ok(Math.abs(down.passed / down.arrived - 0.8) < 0.04, `${down.passed} of ${down.arrived} came down`);
    assert.equal(answered.length, down.passed);
  });

  it('drops the same packets for the same seed', async () => {
    const survivors = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        await using seeded = new UdpRelay(seed);
        seeded.loss(50);
        return (await ping(100, portsOf(await seeded.lead(answerWith(peer.address().port)))[0]!)).map(
          ({ index }) => index,
        );
      }),
    );
    const [one, same, another] = survivors.map((indices) => indices.toSorted((a, b) => a - b).join(' '));
    assert.equal(one, same);
    assert.notEqual(one, another);
  });

  it('delays every packet in both directions', async () => {
    relay.delay(80);
    const trips = (await ping(100)).map(({ ms }) => ms);
    assert.equal(trips.length, 100);
    assert.ok(trips[0]! >= 159, `the quickest took ${trips[0]} ms`);
    assert.ok(trips[50]! < 300, `half took more than ${trips[50]} ms`);
  });

  it('adds a random delay to each packet', async () => {
    relay.jitter(100);
    const trips = (await ping(ROUNDS)).map(({ ms }) => ms);
    assert.equal(trips.length, ROUNDS);
    // The sum of two delays, each evenly spread from 0 to 100 ms, has a triangular distribution around 100 ms.
    const [early, half, late] = [0.1, 0.5, 0.9].map((share) => trips[share * ROUNDS]!);
    // A busy machine adds to all of them, so that only the least times and the spread are certain.
    const isSpread = half! - early! > 30 && late! - half! > 30;
    assert.ok(early! > 30 && half! > 90 && late! > 140 && isSpread, `${early} ${half} ${late} ms`);
  });
});

interface Answered {
  readonly index: number;
  /** The round trip, in milliseconds. */
  readonly ms: number;
}

/** @returns the packets that were answered, the fastest first */
async function ping(count: number, to = port): Promise<Answered[]> {
  const client = await bound();
  const sent: number[] = [];
  const answered: Answered[] = [];
  client.on('message', (packet) => {
    const index = packet.readUInt32BE();
    answered.push({ index, ms: performance.now() - sent[index]! });
  });
  for (let index = 0; index < count; index++) {
    const packet = Buffer.alloc(4);
    packet.writeUInt32BE(index);
    sent.push(performance.now());
    client.send(packet, to, LOCAL);
    // Slowly enough that no socket buffer overflows.
    if (index % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  // A packet that has not arrived by then is lost.
  await new Promise((resolve) => setTimeout(resolve, 300));
  client.close();
  return answered.sort((a, b) => a.ms - b.ms);
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, LOCAL);
  await once(socket, 'listening');
  return socket;
}

function portsOf(sdp: string): number[] {
  return [...sdp.matchAll(/^a=candidate:\S+ \d+ udp \d+ \S+ (\d+)/gm)].map(([, port]) => Number(port));
}

function answerWith(port: number): string {
  const candidates = [
    'a=candidate:1 1 udp 2122265343 fd00::2 9 typ host generation 0 network-id 2',
    `a=candidate:2 1 udp 2122194687 ${LOCAL} ${port} typ host generation 0 network-id 1`,
    `a=candidate:3 1 tcp 1518280447 ${LOCAL} ${port} typ host tcptype passive`,
  ];
  return [
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    ...candidates,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ...candidates,
    '',
  ].join('\r\n');
}
