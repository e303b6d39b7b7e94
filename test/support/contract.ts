import type { VoiceErrorCode } from '../../src/errors.js';
import type { EndReason, TranscriptEntry, VoiceError, VoiceState, VoiceTool } from '../../src/index.js';
import type { VoiceWarningCode } from '../../src/session/events.js';
import type { HandlerOptions } from '../../src/server/index.js';

/**
 * The public names, kind by kind. Those of the contract are fixed: a page that uses one must go on working. Those
 * beyond it were added since, each by a decision: add a name here when you add it to the package.
 */
export interface Names<Name extends string = string> {
  readonly contract: readonly Name[];
  readonly beyond: readonly Name[];
}

type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text;

function names<const Contract extends readonly string[], const Beyond extends readonly string[] = []>(
  contract: Contract,
  ...beyond: Beyond
): Names<Words<Contract[number] | Beyond[number]>> {
  const words = (texts: readonly string[]): Words<Contract[number] | Beyond[number]>[] =>
    texts.flatMap((text) => text.split(' ') as Words<Contract[number] | Beyond[number]>[]);
  return { contract: words(contract), beyond: words(beyond) };
}

export const allOf = <Name extends string>({ contract, beyond }: Names<Name>): Name[] => [...contract, ...beyond];

/** Attributes of the contract: the property of each, and its default. */
export const ATTRIBUTES: Readonly<Record<string, readonly [property: string, initial: unknown]>> = {
  'token-url': ['tokenUrl', undefined],
  'token-method': ['tokenMethod', 'POST'],
  // Without it, the session takes OpenAI's.
  'calls-url': ['callsUrl', undefined],
  'session-url': ['sessionUrl', undefined],
  credentials: ['credentials', 'same-origin'],
  variant: ['variant', 'inline'],
  placement: ['placement', 'bottom-end'],
  open: ['open', false],
  label: ['label', undefined],
  greet: ['greet', false],
  'push-to-talk': ['pushToTalk', false],
  muted: ['muted', false],
  disabled: ['disabled', false],
  'no-transcript': ['noTranscript', false],
  'no-text-input': ['noTextInput', false],
  'no-reconnect': ['noReconnect', false],
  'idle-timeout': ['idleTimeout', 180],
  'max-duration': ['maxDuration', 3600],
  consent: ['consent', undefined],
  state: ['state', 'idle'],
  // Edition 2.
  preconnect: ['preconnect', false],
  'avatar-src': ['avatarSrc', undefined],
  'launcher-label': ['launcherLabel', undefined],
  nudge: ['nudge', undefined],
  'nudge-after': ['nudgeAfter', 8],
  persist: ['persist', undefined],
  'handover-label': ['handoverLabel', undefined],
  theme: ['theme', undefined],
  greeting: ['greeting', undefined],
  languages: ['languages', undefined],
  'no-settings': ['noSettings', false],
  'no-export': ['noExport', false],
};
/** Attributes beyond the contract, in the same form. */
export const MORE_ATTRIBUTES: typeof ATTRIBUTES = { 'collect-feedback': ['collectFeedback', false] };

/** Properties without an attribute that a page sets, with their defaults. */
export const PROPERTIES: Readonly<Record<string, unknown>> = {
  tokenSource: undefined,
  tools: [],
  iceServers: undefined,
  audioConstraints: undefined,
  initialSession: undefined,
  inputDeviceId: undefined,
  outputDeviceId: undefined,
  // Edition 2.
  starters: [],
  initialTranscript: undefined,
  requestInit: undefined,
  strings: undefined,
};

export const READ_ONLY = names(['state userSpeaking error transcript usage callId inputLevel outputLevel session']);

export const METHODS = names(
  [
    'start stop warm sendText interrupt enableMicrophone disableMicrophone beginTurn endTurn send',
    'withdrawConsent forget exportTranscript copyTranscript downloadTranscript',
  ],
  'handOver',
);

export const STATICS = names(['registerLocale'], 'version');

/** Those of `VoiceSession`, which has no consent, no languages and no transcript to copy. */
export const SESSION_METHODS = names(
  ['start stop warm sendText interrupt enableMicrophone disableMicrophone beginTurn endTurn send'],
  'configure press release isWarning stillHere askAgain resumePlayback',
);

/** Each event with its class and the fields of its detail; of the raw event of the wire, those that all have. */
export const EVENTS = {
  'voice-start': ['VoiceStartEvent', names(['microphone'])],
  'voice-state-change': ['VoiceStateChangeEvent', names(['state previousState'])],
  'voice-transcript': ['VoiceTranscriptEvent', names(['entry transcript'])],
  'voice-tool-call': ['VoiceToolCallEvent', names(['name arguments callId respondWith show'])],
  'voice-usage': ['VoiceUsageEvent', names(['total last'])],
  'voice-quality': ['VoiceQualityEvent', names(['quality roundTripMs jitterMs lossPercent'])],
  'voice-warning': ['VoiceWarningEvent', names(['code message secondsLeft'])],
  'voice-reconnect': ['VoiceReconnectEvent', names(['attempt resumedEntries durationMs'])],
  'voice-consent': ['VoiceConsentEvent', names(['version accepted'])],
  'voice-error': ['VoiceErrorEvent', names(['error'])],
  'voice-end': ['VoiceEndEvent', names(['reason durationMs usage transcript'], 'elsewhere')],
  'voice-server-event': ['VoiceServerEvent', names(['type'])],
  // Edition 2.
  'voice-feedback': ['VoiceFeedbackEvent', names(['rating comment'])],
  'voice-handover': ['VoiceHandoverEvent', names(['transcript callId'])],
} as const;

export const STATES = names(['idle connecting listening thinking speaking reconnecting failed']);
export const CUSTOM_STATES = names([...STATES.contract, 'muted user-speaking']);

export const PARTS = names(
  [
    'launcher panel header heading status meter transcript entry entry-user entry-assistant notice controls',
    'start-button end-button mute-button talk-button interrupt-button text-field send-button settings-button settings',
    // Edition 2.
    'accept-button decline-button remedy-button type-button',
    'starter avatar menu-button menu rating handover-button',
  ],
  'nudge nudge-button nudge-close-button entry-latest latest-button menu-item',
  'rating-button comment-field comment-button setting setting-field',
);

/** `starters` and `tools` hold scripts, which the element reads and does not show. */
export const SLOTS = names(['heading visual consent footer launcher-icon avatar starters tools'], 'sign-in');

/** They begin with `--realtime-voice-`. */
export const CUSTOM_PROPERTIES = names([
  'accent on-accent surface on-surface muted outline danger radius font inset z-index width height',
  'inset-block inset-inline',
]);
/** Only in the style sheet that keeps the place of the element until its script has run. */
export const PLACEHOLDER_PROPERTIES = names([], 'reserved');

export const ERROR_CODES = names([
  'unsupported insecure-context configuration',
  'microphone-denied microphone-dismissed microphone-missing microphone-busy microphone-blocked microphone-lost',
  'token-failed token-unauthorized rate-limited signaling-failed connection-failed connection-lost',
  'session-expired quota-exceeded server-error',
]);
export const ERROR_FIELDS = names(['code retriable'], 'retryAfterMs');

export const WARNING_CODES = names([
  'idle max-duration playback-blocked microphone-silent microphone-interrupted muted-speech',
  'no-answer answer-failed',
]);

export const END_REASONS = names(['stopped idle max-duration removed page-hidden remote error']);

export const ENTRY_FIELDS = names(['id role text status source createdAt']);
export const ENTRY_STATUSES = names(['partial final interrupted failed']);
export const TOOL_FIELDS = names(['name description parameters execute confirm']);

export const HANDLER_OPTIONS = names(
  [
    'apiKey session allowedOrigins expiresAfter baseUrl limiter authorize safetyIdentifier onMint',
    'publicOrigin bindTo secret maxSessionSeconds presets verifyHuman onRefuse',
  ],
  'allowedHeaders clientAddress trustedProxies',
);
export const SERVER_EXPORTS = names(
  ['createTokenHandler createSessionHandler'],
  'createMemoryLimiter createDailyBudget createCallGuard createGuardHandler',
);

/** Entries of the package, as its package.json names them. */
export const ENTRIES = names(
  [
    '. ./element ./session ./server ./react ./inspector ./custom-elements.json',
    './locales/* ./locales/*.js ./locales/*.min.js ./dist/realtime-voice.min.js ./dist/realtime-voice.full.min.js',
  ],
  './diagnostics ./diagnostics/element ./server/redis ./rich-text ./jsx ./preact ./solid ./svelte ./vue',
  './web-types.json ./vscode.html-custom-data.json ./vscode.css-custom-data.json ./realtime-voice.css ./package.json',
  './dist/rich-text.min.js ./dist/inspector.min.js ./dist/diagnostics.min.js',
  './dist/realtime-voice.min.js.sri ./dist/realtime-voice.full.min.js.sri ./dist/rich-text.min.js.sri',
  './dist/diagnostics.min.js.sri',
);

type NameOf<List extends Names> = List['contract'][number];
type Same<List extends Names, Name> = [NameOf<List>, Name] extends [Name, NameOf<List>] ? true : false;
type All<Checks extends readonly true[]> = Checks;
/** A raw event has any fields. */
type NamedDetails = Exclude<keyof typeof EVENTS, 'voice-server-event'>;
type Detail<Type extends NamedDetails> = keyof HTMLElementEventMap[Type]['detail'];

/** Types leave nothing to test when the code runs. This compiles only if they have the names above, and no others. */
export type TypesHaveTheNames = All<
  [
    Same<typeof STATES, VoiceState>,
    Same<typeof ERROR_CODES, VoiceErrorCode>,
    Same<typeof ERROR_FIELDS, Exclude<keyof VoiceError, keyof Error>>,
    Same<typeof WARNING_CODES, VoiceWarningCode>,
    Same<typeof END_REASONS, EndReason>,
    Same<typeof ENTRY_FIELDS, keyof TranscriptEntry>,
    Same<typeof ENTRY_STATUSES, TranscriptEntry['status']>,
    Same<typeof TOOL_FIELDS, keyof VoiceTool>,
    Same<typeof HANDLER_OPTIONS, keyof HandlerOptions>,
    { [Type in NamedDetails]: Same<(typeof EVENTS)[Type][1], Detail<Type>> }[NamedDetails],
  ]
>;
