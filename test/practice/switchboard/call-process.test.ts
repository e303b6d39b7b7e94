import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { startPractice } from '../../support/practice-process.js';
import { Caller, mint, post } from '../caller.js';
import { alive, processesOf, untilGone, untilProcesses } from './processes.js';

describe('the process of a call', () => {
  let server: PracticeServer;
  const callers: Caller[] = [];

  beforeEach(async () => {
    server = await startPracticeServer({ thinkingMs: 0 });
  });
  afterEach(async () => {
    for (const caller of callers.splice(0)) caller.close();
    await server.close();
  });

  const call = async ({ url = server.url, crashes = false } = {}): Promise<Caller> => {
    const session = { output_modalities: ['text'] };
    const caller = await Caller.call({ url, dcid: 3, session, patience: 20_000, crashes });
    callers.push(caller);
    await caller.event('session.created');
    return caller;
  };
  const describeCall = async ({ callId }: Caller) =>
    (await (await fetch(`${server.url}/practice/calls/${callId}`)).json()) as {
      state: string;
      channel: string;
      endedAt: number | null;
      clientEvents: { type: string }[];
    };
  const warm = () => untilProcesses(server.url, 'two processes wait', (processes) => processes.warm.length === 2);

  it('is taken from those that wait, and replaced', async () => {
    const before = await warm();
    const { callId } = await call();
    const after = await warm();
    assert.equal(after.calls[callId], before.warm[0]);
    assert.equal(after.warm[0], before.warm[1]);
  });

  it('takes only its own call along when it crashes, and not what the client has said', async () => {
    const [lost, other] = [await call({ crashes: true }), await call()];
    lost.send({ type: 'input_audio_buffer.clear' });
    await lost.event('input_audio_buffer.cleared');
    const { calls } = await processesOf(server.url);
    process.kill(calls[lost.callId]!, 'SIGSEGV');
    await untilGone([calls[lost.callId]!]);

    const { state, channel, endedAt, clientEvents } = await describeCall(lost);
    assert.deepEqual([state, channel, clientEvents.length], ['closed', 'closed', 1]);
    assert.notEqual(endedAt, null);
    other.type('Are you there?');
    assert.equal((await other.event('response.output_text.done')).text, 'You typed: Are you there?');
    assert.equal((await describeCall(other)).state, 'connected');
    await (await call()).event('session.created');
    const isLost = () => ['disconnected', 'failed'].includes(lost.peer.connectionState);
    await lost.until(isLost, 'the connection to be lost');
    assert.equal(other.peer.connectionState, 'connected');
  });

  it('is answered with a server error when it crashes before the answer', async () => {
    const waiting = (await warm()).warm;
    const caller = new Caller({ url: server.url });
    callers.push(caller);
    const { value } = (await (await mint(server.url, { session: { type: 'realtime' } })).json()) as { value: string };
    const offer = await caller.offer();
    for (const pid of waiting) process.kill(pid, 'SIGSTOP');
    const answer = post(server.url, '/v1/realtime/calls', value, offer);
    await untilProcesses(server.url, 'the offer has its process', ({ warm }) => !warm.includes(waiting[0]!));
    process.kill(waiting[0]!, 'SIGSEGV');
    for (const pid of waiting) process.kill(pid, 'SIGCONT');
    const response = await answer;
    const { error } = (await response.json()) as { error: { type: string; message: string } };
    assert.deepEqual([response.status, error.type], [500, 'server_error']);
    await call();
  });

  it('ends with its call', async () => {
    const caller = await call();
    const { calls } = await processesOf(server.url);
    caller.close();
    await untilGone([calls[caller.callId]!]);
    assert.equal((await describeCall(caller)).state, 'closed');
  });

  it('ends with the server, and so does one that waits', async () => {
    const { callId } = await call();
    const { warm: waiting, calls } = await warm();
    const pids = [calls[callId]!, ...waiting];
    assert.deepEqual(await alive(pids), pids);
    await server.close();
    assert.deepEqual(await alive(pids), []);
    server = await startPracticeServer();
  });

  it('ends when the server is killed', async () => {
    const practice = await startPractice();
    try {
      const { callId } = await call({ url: practice.url });
      const { warm: waiting, calls } = await untilProcesses(
        practice.url,
        'two processes wait',
        (processes) => processes.warm.length === 2,
      );
      const pids = [calls[callId]!, ...waiting];
      assert.deepEqual(await alive(pids), pids);
      await practice.stop();
      await untilGone(pids);
    } finally {
      await practice.stop();
    }
  });
});
