import { expect } from '@open-wc/testing';
import type { VoiceError } from '../../src/errors.js';
import { Call } from '../../src/session/call.js';
import { Connection } from '../../src/session/connection/connection.js';
import type { EndReason, VoiceEventMap } from '../../src/session/events.js';
import { CallRecord } from '../../src/session/record/call-record.js';
import { voiceState } from '../../src/session/record/session-state.js';
import type { VoiceSessionOptions } from '../../src/session/session-options.js';
import type { TranscriptEntry } from '../../src/session/transcript-entry.js';
import { Practice } from './support/practice.js';

interface Ending {
  readonly reason: EndReason;
  readonly error: VoiceError | undefined;
}

/** A call on the practice server, without a session around it. */
class PracticeCall {
  readonly call: Call;
  readonly record = new CallRecord(new EventTarget());
  readonly endings: Ending[] = [];
  readonly wire: string[] = [];

  constructor(options: VoiceSessionOptions) {
    this.record.write({ type: 'start' });
    this.record.target.addEventListener('voice-server-event', (event) =>
      this.wire.push((event as VoiceEventMap['voice-server-event']).detail.type),
    );
    this.call = new Call(options, new Connection(options), this.record, (reason, error) => {
      this.endings.push({ reason, error });
      this.call.close();
      this.record.write(error ? { type: 'fail', error } : { type: 'stop' });
    });
  }

  get state(): string {
    return voiceState(this.record.state);
  }

  /** Resolves when a condition holds, which is looked at whenever something is reported. */
  async until(isTrue: () => boolean): Promise<void> {
    const { target } = this.record;
    while (!isTrue())
      await new Promise<void>((resolve) => {
        for (const type of ['change', 'voice-server-event'])
          target.addEventListener(type, () => resolve(), { once: true });
      });
  }

  next<Type extends keyof VoiceEventMap>(type: Type): Promise<VoiceEventMap[Type]['detail']> {
    return new Promise((resolve) =>
      this.record.target.addEventListener(type, (event) => resolve((event as CustomEvent).detail), { once: true }),
    );
  }

  texts(): string[] {
    return this.record.transcript.map(({ role, text }) => `${role}: ${text}`);
  }
}

describe('a call', function () {
  this.timeout(30_000);
  let practice: Practice;
  let test: PracticeCall;
  before(async () => {
    practice = await Practice.find('call');
  });
  afterEach(() => test.call.close());
  const begin = (options: VoiceSessionOptions = {}): Call =>
    (test = new PracticeCall({ ...practice.options, ...options })).call;

  it('with the microphone is ready when the connection is up and the track is sent', async () => {
    const call = begin();
    const opening = call.open(true);
    expect(call.microphone.state).to.equal('asking');
    await opening;
    expect([test.state, call.microphone.state, call.quiet]).to.deep.equal(['listening', 'on', true]);
    expect(call.media.microphone!.readyState).to.equal('live');
  });

  it('answers what is typed, and shows it at once', async () => {
    const call = begin();
    await call.open(false);
    expect(call.microphone.state).to.equal('off');
    call.sendText('hello');
    expect(test.texts()).to.deep.equal(['user: hello']);
    expect([test.state, call.quiet]).to.deep.equal(['thinking', false]);
    await test.until(() => test.record.transcript[1]?.status === 'final');
    expect(test.record.transcript[1]!.role).to.equal('assistant');
  });

  it('answers a text that is typed while the request after a tool is on its way', async () => {
    const call = begin({ tools: [{ name: 'look', parameters: { type: 'object' }, execute: () => 'seen' }] });
    await call.open(false);
    const { connection } = call;
    const sent: string[] = [];
    connection.command = (command) => {
      Connection.prototype.command.call(connection, command);
      sent.push(command.type);
      if (sent.join() === 'say,respond,tool-output,respond') queueMicrotask(() => call.sendText('hello'));
    };
    call.sendText('tool');
    const isAnswer = ({ role, status }: TranscriptEntry): boolean => role === 'assistant' && status === 'final';
    await test.until(() => test.record.transcript.filter(isAnswer).length === 2 && call.quiet);
    expect(sent.slice(4), 'the service was busy at first').to.deep.equal(['say', 'respond', 'respond']);
    // To the tool's call, to its result, and to the text, each once.
    const answers = test.wire.filter((type) => type === 'error' || type === 'response.created');
    expect(answers.sort()).to.deep.equal(['error', ...Array<string>(3).fill('response.created')]);
  });

  it('answers a text although the service says only after the other answer that it was busy', async () => {
    const call = begin();
    await call.open(false);
    const commands: string[] = [];
    const { connection } = call;
    connection.command = ({ type }) => void commands.push(type);
    call.turns.requestResponse();
    call.sendText('hello');
    expect(commands).to.deep.equal(['respond', 'say', 'respond']);
    const response = { id: 'resp_1', status: 'completed' };
    const error = { code: 'conversation_already_has_active_response', message: 'One at a time.' };
    await practice.send(
      connection.callId!,
      { type: 'response.created', response: { id: 'resp_1' } },
      { type: 'response.done', response },
      { type: 'error', error },
    );
    await test.until(() => test.wire.includes('error'));
    expect([commands.slice(3), test.state]).to.deep.equal([['respond'], 'thinking']);
  });

  it('asks once for the answer to a text and to a tool that came while another answer was under way', async () => {
    let finish!: () => void;
    const slow = { name: 'slow', execute: () => new Promise<void>((resolve) => (finish = resolve)) };
    const call = begin({ tools: [slow] });
    await call.open(false);
    const commands: string[] = [];
    const { connection } = call;
    connection.command = ({ type }) => void commands.push(type);
    const response = (id: string, status?: string) => ({
      type: status ? 'response.done' : 'response.created',
      response: { id, status },
    });
    const called = { type: 'response.function_call_arguments.done', call_id: 'call_1', name: 'slow', arguments: '{}' };
    const end = response('resp_1', 'completed');
    await practice.send(connection.callId!, response('resp_1'), called, end, response('resp_2'));
    await test.until(() => test.record.turn?.generating === 'resp_2');
    finish();
    await test.until(() => call.tools.running.length === 0);
    call.sendText('And in moss?');
    expect(commands).to.deep.equal(['tool-output', 'cancel-response', 'clear-output', 'say']);
    await practice.send(connection.callId!, response('resp_2', 'cancelled'));
    await test.until(() => test.record.turn?.generating === undefined);
    expect(commands.slice(4)).to.deep.equal(['respond']);
  });

  it('greets when it is to, and not in a conversation that goes on', async () => {
    const call = begin({ greet: true });
    await call.open(false);
    expect(test.state).to.equal('thinking');
    await test.until(() => test.record.transcript[0]?.role === 'assistant');
  });

  it('expects an answer to what is said only if the service gives one by itself', async () => {
    const initialSession = { audio: { input: { turn_detection: { type: 'server_vad', create_response: false } } } };
    const call = begin({ initialSession });
    await call.open(false);
    await test.until(() => test.wire.includes('session.updated'));
    const stopped = { type: 'input_audio_buffer.speech_stopped', item_id: 'item_1' };
    await practice.send(call.connection.callId!, stopped);
    await test.until(() => test.wire.includes(stopped.type));
    expect([test.state, call.quiet]).to.deep.equal(['listening', true]);
  });

  it('turns the microphone off and on without another connection', async () => {
    const call = begin();
    await call.open(true);
    const { connection } = call;
    const track = call.media.microphone!;
    call.microphone.close();
    expect([track.readyState, call.microphone.state]).to.deep.equal(['ended', 'off']);
    await call.microphone.open();
    expect([call.microphone.state, call.connection]).to.deep.equal(['on', connection]);
  });

  it('stays hands-free in its next connection after push-to-talk, although the token detects no turns', async () => {
    const token = { audio: { input: { turn_detection: null } } };
    const call = begin({ tokenSource: () => practice.mint(token), pushToTalk: true });
    await call.open(false);
    expect(call.session!.answersTurns).to.equal(false);
    call.configure({ ...call.options, pushToTalk: false });
    await test.until(() => call.session!.answersTurns);
    const { connection } = call;
    await practice.drop(connection.callId!);
    await test.until(() => call.connection !== connection && call.session!.answersTurns);
    expect(call.session!.turnDetection).to.equal(null);
  });

  it('mutes its track and not the device, and with push-to-talk is muted until the button is held', async () => {
    const call = begin();
    await call.open(true);
    const track = call.media.microphone!;
    call.configure({ ...call.options, muted: true });
    expect([track.enabled, track.readyState]).to.deep.equal([false, 'live']);
    call.configure({ ...call.options, muted: false });
    expect(track.enabled).to.equal(true);
    const updated = test.until(() => test.wire.includes('session.updated'));
    call.configure({ ...call.options, pushToTalk: true });
    expect(track.enabled).to.equal(false);
    await updated;
    call.turns.begin();
    expect(track.enabled).to.equal(true);
  });

  it('goes on in a new session when its own expires', async () => {
    const call = begin();
    await call.open(false);
    call.sendText('hello');
    await test.until(() => test.record.transcript[1]?.status === 'final' && test.state === 'listening');
    const { connection } = call;
    const said = test.texts();
    const reconnected = test.next('voice-reconnect');
    void practice.send(connection.callId!, { type: 'error', error: { code: 'session_expired', message: 'Over.' } });
    const { attempt, resumedEntries } = await reconnected;
    expect([attempt, resumedEntries]).to.deep.equal([1, 2]);
    expect(call.connection).not.to.equal(connection);
    expect([test.state, test.texts(), test.endings]).to.deep.equal(['listening', said, []]);
  });

  it('goes on in a new session although one entry is larger than a message', async () => {
    const call = begin();
    await call.open(false);
    const at = { item_id: 'item_huge', response_id: 'resp_huge', content_index: 0 };
    const delta = 'x'.repeat(50_000);
    for (let kilobytes = 0; kilobytes < 400; kilobytes += 50)
      await practice.send(call.connection.callId!, { type: 'response.output_text.delta', ...at, delta });
    await test.until(() => test.record.transcript[0]?.text.length === 400_000);
    const reconnected = test.next('voice-reconnect');
    void practice.send(call.connection.callId!, {
      type: 'error',
      error: { code: 'session_expired', message: 'Over.' },
    });
    expect((await reconnected).resumedEntries).to.equal(1);
    call.sendText('hello');
    await test.until(() => test.record.transcript[2]?.status === 'final' && test.state === 'listening');
    expect(test.endings).to.deep.equal([]);
  });

  it('refuses typed text that is larger than a message, and says nothing to the service', async () => {
    const call = begin();
    await call.open(false);
    call.sendText('long story');
    await test.until(() => test.state === 'speaking');
    const max = call.connection.transport.maxMessageSize;
    expect(() => call.sendText('x'.repeat(max)))
      .to.throw(RegExp(`bytes, more than ${max}`))
      .with.property('code', 'configuration');
    expect(test.record.transcript.at(-1)).to.include({ role: 'user', source: 'text', status: 'failed' });
    expect([test.state, test.record.heard[0]!.text]).to.deep.equal(['speaking', 'long story']);
    expect(test.record.heard.every(({ text }) => text.length < max)).to.equal(true);
  });

  it('fails when its session expires and it is not to reconnect', async () => {
    const call = begin({ noReconnect: true });
    await call.open(false);
    void practice.send(call.connection.callId!, {
      type: 'error',
      error: { code: 'session_expired', message: 'Over.' },
    });
    await test.until(() => test.state === 'failed');
    expect(test.endings.map(({ reason, error }) => [reason, error!.code])).to.deep.equal([
      ['error', 'session-expired'],
    ]);
  });

  it('fails, once, by a fatal fault', async () => {
    const call = begin();
    await call.open(false);
    const quota = { type: 'error', error: { code: 'insufficient_quota', message: 'No more.' } };
    void practice.send(call.connection.callId!, quota, quota);
    await test.until(() => test.state === 'failed');
    expect(test.endings.map(({ reason, error }) => [reason, error!.code, error!.message])).to.deep.equal([
      ['error', 'quota-exceeded', 'No more.'],
    ]);
    expect(call.signal.aborted).to.equal(true);
  });

  it('forgets an update of the page that the service has rejected', async () => {
    const call = begin();
    await call.open(false);
    const update = (instructions: string, event_id: string) =>
      call.changes.send(
        { type: 'session.update', event_id, session: { type: 'realtime', instructions } },
        call.connection,
      );
    update('Be brief.', 'event_1');
    update('Be rude.', 'event_2');
    const error = { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', event_id: 'event_2' };
    await practice.send(call.connection.callId!, { type: 'error', error });
    await test.until(() => test.wire.includes('error'));
    expect(call.changes.mergeInto({}).initialSession).to.include({ instructions: 'Be brief.' });
  });

  it('moves to another connection, and goes on in the first one until then', async () => {
    const call = begin();
    // Without the microphone, because Chromium's fake one beeps and the service takes that for speech.
    await call.open(false);
    call.sendText('long story');
    await test.until(() => test.state === 'speaking');
    const first = call.connection;
    const attempt = call.takeover.dial();
    await attempt.ready;
    const next = attempt.connection;
    expect([next.isAnswered, call.connection, test.state]).to.deep.equal([true, first, 'speaking']);
    call.turns.interrupt();
    await test.until(() => call.quiet);
    expect(await call.takeover.takeOver(next, true)).to.equal(test.record.heard.length);
    expect(call.connection).not.to.equal(first);
    expect([test.state, test.endings]).to.deep.equal(['listening', []]);
  });

  it('plans for the session that it has, and not for one that is not used', async () => {
    const call = begin();
    const planned: unknown[] = [];
    call.recovery.sessionOpened = (expiresAt) => planned.push(expiresAt);
    await call.open(false);
    const { session, connection } = call;
    const unused = call.takeover.dial();
    await unused.ready;
    unused.connection.close();
    expect(call.session).to.equal(session);
    expect(planned).to.deep.equal([session!.expiresAt]);
    const next = call.takeover.dial();
    await next.ready;
    await call.takeover.takeOver(next.connection, true);
    expect(call.connection).not.to.equal(connection);
    expect(call.session).to.equal(next.connection.session);
    expect(call.session).not.to.equal(session);
    expect(planned).to.deep.equal([session!.expiresAt, call.session!.expiresAt]);
  });

  it('ends when the page is left', async () => {
    const call = begin();
    await call.open(false);
    window.dispatchEvent(new Event('pagehide'));
    expect(test.endings).to.deep.equal([{ reason: 'page-hidden', error: undefined }]);
    expect(call.signal.aborted).to.equal(true);
  });

  it('that is closed frees the microphone, aborts what is under way and hears the page no more', async () => {
    const call = begin();
    await call.open(true);
    const track = call.media.microphone!;
    const attempt = call.takeover.dial();
    const given = attempt.ready.catch((reason: unknown) => reason);
    attempt.connection.close();
    call.close();
    expect([track.readyState, call.signal.aborted]).to.deep.equal(['ended', true]);
    expect(await given).to.include({ name: 'AbortError' });
    window.dispatchEvent(new Event('pagehide'));
    expect(test.endings).to.deep.equal([]);
  });
});
