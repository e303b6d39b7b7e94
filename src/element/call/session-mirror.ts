import type { VoiceError } from '../../errors.js';
import type { TranscriptEntry, Usage, VoiceState, WireEvent } from '../../session/index.js';
import type { VoiceSession } from '../../session/voice-session.js';
import { CallProperties } from '../options.js';

/** What the element shows of its session, and passes on to it, unchanged. */
export abstract class SessionMirror extends CallProperties {
  protected abstract readonly voice: VoiceSession;

  get state(): VoiceState {
    return this.voice.state;
  }

  get userSpeaking(): boolean {
    return this.voice.userSpeaking;
  }

  /** Why the call failed, while the state is `failed`. */
  get error(): VoiceError | undefined {
    return this.voice.error;
  }

  /** The words of this call, or of the last one. */
  get transcript(): readonly TranscriptEntry[] {
    return this.voice.transcript;
  }

  get usage(): Usage {
    return this.voice.usage;
  }

  get callId(): string | undefined {
    return this.voice.callId;
  }

  /** Loudness of the visitor, and below of the assistant, 0…1. */
  get inputLevel(): number {
    return this.voice.inputLevel;
  }

  get outputLevel(): number {
    return this.voice.outputLevel;
  }

  /** Ends the call at once. */
  stop(): void {
    this.voice.stop();
  }

  /** Silences the assistant's answer. */
  interrupt(): void {
    this.voice.interrupt();
  }

  /** Turns the microphone on inside a running call. */
  enableMicrophone(): Promise<void> {
    return this.voice.enableMicrophone();
  }

  disableMicrophone(): void {
    this.voice.disableMicrophone();
  }

  /** Push-to-talk: the visitor begins to speak, and has finished. */
  beginTurn(): void {
    this.voice.beginTurn();
  }

  endTurn(): void {
    this.voice.endTurn();
  }

  /** Sends a client event of the wire protocol as it is. */
  send(event: WireEvent): void {
    this.voice.send(event);
  }
}
