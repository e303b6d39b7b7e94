import { asVoiceError } from '../errors.js';
import type { Command, SessionOpened } from '../protocol/signals.js';
import { isSameMicrophone } from '../transport/microphone.js';
import type { Connection } from './connection/connection.js';
import { VoiceErrorEvent } from './events.js';
import type { Media } from './media.js';
import type { MicrophoneControl } from './microphone-control.js';
import { handsFreeUpdate, openingUpdate, runningUpdate } from './recovery/opening-update.js';
import { checkInitialSession, explainUnsendable } from './recovery/sendable-session.js';
import type { SessionChanges } from './recovery/session-changes.js';
import type { VoiceSessionOptions } from './session-options.js';
import type { TurnTaking } from './turns/turn-taking.js';

/** What changed options act on in the call. */
export interface OptionHost {
  options: VoiceSessionOptions;
  /** Undefined until the service has announced it. */
  readonly session: SessionOpened | undefined;
  readonly changes: SessionChanges;
  readonly connection: Pick<Connection, 'check'>;
  readonly record: { readonly target: EventTarget };
  readonly media: Pick<Media, 'speaker'>;
  readonly microphone: Pick<MicrophoneControl, 'setTalking' | 'replace'>;
  readonly turns: Pick<TurnTaking, 'isTurnOpen' | 'discard'>;
  command(command: Command): void;
}

/** Applies changed options to a running call. What cannot be sent is reported, and not applied. */
export class OptionChanges {
  readonly #host: OptionHost;
  /** What the page wanted last, to report a mistake once. */
  #wanted: VoiceSessionOptions | undefined;

  constructor(host: OptionHost) {
    this.#host = host;
  }

  apply(wanted: VoiceSessionOptions): void {
    const { options: before, session, media, microphone, turns, changes } = this.#host;
    const options = this.#sendable(wanted);
    const [wasPushToTalk, isPushToTalk] = [before.pushToTalk ?? false, options.pushToTalk ?? false];
    this.#host.options = options;
    media.speaker.configure(options);
    if (wasPushToTalk !== isPushToTalk) turns.discard();
    microphone.setTalking(!isPushToTalk || turns.isTurnOpen);
    if (!isSameMicrophone(before, options)) void microphone.replace();
    if (!session) return;
    if (wasPushToTalk && !isPushToTalk) changes.keep(handsFreeUpdate(changes.mergeInto(options), session));
    const update = runningUpdate(before, changes.mergeInto(options), session);
    if (update) this.#host.command({ type: 'configure', session: update });
  }

  /** The wanted options, with the present session if the wanted one cannot be sent. */
  #sendable(wanted: VoiceSessionOptions): VoiceSessionOptions {
    const { options, session, changes, connection, record } = this.#host;
    const { initialSession, tools } = options;
    const last = this.#wanted;
    this.#wanted = wanted;
    try {
      checkInitialSession(wanted.initialSession);
      const update = session && openingUpdate(changes.mergeInto(wanted), session);
      if (update) explainUnsendable(() => connection.check({ type: 'configure', session: update }));
      return wanted;
    } catch (error) {
      if (wanted.initialSession !== last?.initialSession || wanted.tools !== last?.tools)
        record.target.dispatchEvent(new VoiceErrorEvent({ error: asVoiceError(error) }));
      return { ...wanted, initialSession, tools } as VoiceSessionOptions;
    }
  }
}
