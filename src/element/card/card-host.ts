import type { VoiceError } from '../../errors.js';
import type { SessionKind, TranscriptEntry } from '../../session/index.js';
import type { CallHost } from '../controls/controls.js';
import type { TurnTaker } from '../controls/talk-button.js';
import type { TextSender } from '../controls/text-composer.js';
import type { AvatarHost } from '../dock/avatar.js';
import type { DockHost } from '../dock/dock.js';
import type { HandoverHost } from '../ending/handover.js';
import type { RatingHost } from '../ending/rating.js';
import type { LocaleHost } from '../locale-controller.js';
import type { LevelSource } from '../meter/level-meter.js';
import type { NoticeHost, RunningCall } from '../notices/notice-host.js';
import type { Variant } from '../options.js';
import type { SettingsHost } from '../settings/settings-panel.js';
import type { StarterHost } from '../starters/starters.js';
import type { MenuHost } from '../transcript/transcript-menu.js';
import type { TranscriptHost } from '../transcript/transcript-view.js';
import type { StageHost } from './stage.js';

/** A running call, as far as the card shows it. */
export interface ShownCall extends RunningCall {
  readonly kind: SessionKind;
  readonly language: string | undefined;
}

/** What the card needs of the element: what each of its parts needs, and a few options and methods. */
export interface CardHost
  extends
    LocaleHost,
    StageHost,
    LevelSource,
    TranscriptHost,
    MenuHost,
    CallHost,
    TurnTaker,
    TextSender,
    NoticeHost,
    StarterHost,
    SettingsHost,
    AvatarHost,
    HandoverHost,
    RatingHost,
    DockHost {
  readonly muted: boolean;
  readonly label: string | undefined;
  readonly variant: Variant;
  readonly noTextInput: boolean;
  /** Whether the next call goes on with the conversation. */
  readonly persist: 'session' | undefined;
  /** Version of the consent text that the visitor must accept. */
  readonly consent: string | undefined;
  readonly error: VoiceError | undefined;
  readonly transcript: readonly TranscriptEntry[];
  /** Undefined without a call. */
  readonly session: ShownCall | undefined;
  start(options?: { microphone: boolean }): Promise<void>;
  warm(): void;
  /** The start button goes down. */
  visitorPresses(): void;
  /** The start button was left without a click. */
  visitorLeaves(): void;
}
