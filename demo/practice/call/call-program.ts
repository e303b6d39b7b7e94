import { createBirpc } from 'birpc';
import { ServiceError } from '../service/service-error.js';
import type { DialectFactory } from '../wire/dialect.js';
import { LiveDialect } from '../wire/live/live-dialect.js';
import { fragmented } from '../wire/realtime/fragmented-line.js';
import { RealtimeDialect } from '../wire/realtime/realtime-dialect.js';
import { Call } from './call.js';
import type { CallAnswer, CallCommands, CallHost, CallLanguage, CallRequest } from './call-protocol.js';
import { rehearse } from './rehearsal.js';

/** The program of a process that holds one call. It waits for the offer, and exits after the call has ended. */

/** Gives the peer time to hear that the connection is closed. */
const EXIT_DELAY_MS = 200;

let call: Call | undefined;

const commands: CallCommands = {
  warmUp: rehearse,
  async open(request) {
    try {
      call = newCall(request);
      const sdp = await call.answer(request.sdp);
      return { kind: 'answered', sdp, report: call.snapshot() };
    } catch (problem) {
      exitSoon();
      return refusalOf(problem);
    }
  },
  report: () => runningCall().report(),
  sound: () => runningCall().ear.sound,
  send: (texts) => texts.filter((text) => runningCall().sendText(text)).length,
  setScripted(scripted) {
    runningCall().scripted = scripted;
  },
  setTapped(tapped) {
    runningCall().tapped = tapped;
  },
  receive: (text) => runningCall().receive(text),
  closeChannel: () => runningCall().closeChannel(),
  hangUp: () => runningCall().hangUp(),
  end: () => (call ? call.end() : exitSoon()),
};

const host = createBirpc<CallHost, CallCommands>(commands, {
  // A message that cannot be sent means that the main process has gone; `disconnect` tells so as well.
  post: (message: object) => process.send?.(message, undefined, undefined, () => {}),
  on: (receive) => process.on('message', receive),
});

// A signal from the terminal reaches all processes at once. The main process ends the calls in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// Without the main process nobody knows of the call. It ends as in a crash, without a goodbye.
process.on('disconnect', exit);

function newCall({ id, language, channelId, tempo, scripted }: CallRequest): Call {
  return new Call({
    id,
    speech: { say: (sentence) => host.say(sentence) },
    tempo,
    dialect: dialectOf(language),
    channelId,
    scripted,
    said: (text) => void host.said.asEvent(text),
    received: (text) => void host.received.asEvent(text),
    ended: () => void host.ended.asEvent(runningCall().snapshot()),
    closed: exitSoon,
  });
}

function dialectOf(language: CallLanguage): DialectFactory {
  if (language.name === 'live') return (line) => new LiveDialect(line, language.session);
  return (line) => new RealtimeDialect(language.wire === 'fragments' ? fragmented(line) : line, language.session);
}

function runningCall(): Call {
  if (!call) throw new Error('There is no call yet.');
  return call;
}

function refusalOf(problem: unknown): CallAnswer {
  if (!(problem instanceof ServiceError)) throw problem;
  const { status, message, refusal } = problem;
  return { kind: 'refused', status, message, code: refusal.code, param: refusal.param };
}

function exitSoon(): void {
  setTimeout(exit, EXIT_DELAY_MS);
}

/** An orderly exit tears down the native module, in which it sometimes crashes or hangs. */
function exit(): void {
  process.kill(process.pid, 'SIGKILL');
}
