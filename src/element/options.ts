import type { PropertyDeclaration } from 'lit';
import type { LocaleStrings } from '../locales/registry.js';
import type {
  InitialEntry,
  RequestInitHook,
  Suggestion,
  TokenSource,
  Tool,
  VoiceSessionOptions,
} from '../session/index.js';
import { tellOnce } from './page-mistakes.js';

/** What Lit needs to know of a property, and the value that `null`, `undefined` and a removed attribute stand for. */
export interface Option<Value> extends PropertyDeclaration {
  readonly default: Value;
  /** The only values that it can have. */
  readonly words?: readonly Value[];
  readonly isUrl?: boolean;
}

/** A string that an attribute can set; an empty attribute counts as not set. */
function text<Value extends string = string>(attribute: string): Option<Value | undefined>;
function text<Value extends string>(attribute: string, initial: Value): Option<Value>;
function text(attribute: string, initial?: string): Option<string | undefined> {
  return { attribute, default: initial, converter: (words) => words || initial };
}

/** The URL of something to show, which a script may set as a URL object too. */
function url(attribute: string): Option<string | undefined> {
  return { ...text(attribute), isUrl: true };
}

/** Everything else is a mistake. */
function urlFrom(value: unknown, name: string): string | undefined {
  if (typeof value === 'string' || value instanceof URL) return String(value);
  tellOnce(`${name} is no URL. Use a text, such as "/pictures/assistant.jpg".`);
  return undefined;
}

/** One of a few words, in any case. Any other text means the first word, which is the default. */
function oneOf<Word extends string>(attribute: string, first: Word, ...others: Word[]): Option<Word> {
  return { ...text(attribute, first), words: [first, ...others] };
}

/** One of a few words, in any case. Any other text means undefined. */
function word<Word extends string>(attribute: string, ...words: Word[]): Option<Word | undefined> {
  return { ...text<Word>(attribute), words };
}

/** Its attribute follows the property, for style sheets, but a default is not written. */
function reflected<Value>(option: Option<Value>): Option<Value> {
  return { ...option, reflect: true, useDefault: true };
}

/** A number that an attribute can set; 0 or more. */
function number(attribute: string, initial: number): Option<number> {
  return { attribute, default: initial, converter: (digits) => numberFrom(digits, initial) };
}

/** The number that a page has set, also as a text; the default for everything else, such as a blank text. */
function numberFrom(value: unknown, initial: number): number {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isNumber && Number(value) >= 0 ? Number(value) : initial;
}

/** A boolean, at first false; its attribute follows the property. The attribute's text `false` means false, too. */
function flag(attribute: string): Option<boolean> {
  return { type: Boolean, attribute, reflect: true, default: false };
}

/** A value that only a script can set. */
function value<Value>(): Option<Value | undefined>;
function value<Value>(initial: Value): Option<Value>;
function value(initial?: unknown): Option<unknown> {
  return { attribute: false, default: initial };
}

/** The options of a call. The element passes them on to its session under the same names. */
export const CALL_OPTIONS = {
  /** URL of the site's token endpoint. */
  tokenUrl: text('token-url'),
  /** HTTP method of the request to `token-url`; `GET` for endpoints that follow the older samples. */
  tokenMethod: oneOf<'POST' | 'GET'>('token-method', 'POST', 'GET'),
  /** URL that the offer is posted to with the ephemeral client secret; OpenAI's calls endpoint when not set. */
  callsUrl: text('calls-url'),
  /** URL on the site's own server that takes the offer and returns the answer; used instead of a token. */
  sessionUrl: text('session-url'),
  /** Credentials mode of the requests to `token-url` and `session-url`. */
  credentials: oneOf<RequestCredentials>('credentials', 'same-origin', 'include', 'omit'),
  /** A likely start makes the whole call ready, without microphone, which opens a session at the service. */
  preconnect: flag('preconnect'),
  /** The assistant speaks first. */
  greet: flag('greet'),
  /** The visitor holds or taps a button to speak. */
  pushToTalk: flag('push-to-talk'),
  /** A lost connection fails the call instead of being restored. */
  noReconnect: flag('no-reconnect'),
  /** Seconds with neither side active until the call ends; 0 = never. */
  idleTimeout: number('idle-timeout', 180),
  /** Longest duration of a call in seconds; 0 = no limit. */
  maxDuration: number('max-duration', 3600),
  /** An ephemeral client secret, or a function that returns one; used instead of `tokenUrl`. */
  tokenSource: value<TokenSource>(),
  /** Adds headers and JSON fields to the requests to `token-url` and `session-url`. */
  requestInit: value<RequestInitHook>(),
  /** Functions of the page that the model may call. */
  tools: value<readonly Tool[]>([]),
  /** ICE servers of the peer connection; none when not set. */
  iceServers: value<RTCIceServer[]>(),
  /** Constraints for the visitor's microphone, added to the element's own. */
  audioConstraints: value<MediaTrackConstraints>(),
  /** Merged into one `session.update` when the session opens. */
  initialSession: value<Record<string, unknown>>(),
  /** The transcript of an earlier conversation, which the next call goes on with. */
  initialTranscript: value<readonly InitialEntry[]>(),
  /** Device id of the microphone; used instead of the visitor's choice in the settings. */
  inputDeviceId: value<string>(),
  /** Device id of the speaker; used instead of the visitor's choice in the settings. */
  outputDeviceId: value<string>(),
} satisfies { readonly [Name in keyof VoiceSessionOptions]?: Option<VoiceSessionOptions[Name]> };

/** The options that decide what the element shows and allows. */
export const VIEW_OPTIONS = {
  /** Visible heading and accessible name; "Voice assistant" in the page's language when not set. */
  label: text('label'),
  /** One line on the card before the first words. */
  greeting: text('greeting'),
  /** Up to four things to say, as chips on the card: texts, or objects with `label` and `text`. */
  starters: value<readonly Suggestion[]>([]),
  /** A call cannot be started; a running call ends. */
  disabled: flag('disabled'),
  /** The transcript is hidden; its events are still dispatched. */
  noTranscript: flag('no-transcript'),
  /** The text field is hidden. */
  noTextInput: flag('no-text-input'),
  /** The settings are hidden. */
  noSettings: flag('no-settings'),
  /** The menu that copies and downloads the transcript is hidden. */
  noExport: flag('no-export'),
  /** The microphone sends silence. */
  muted: flag('muted'),
  /** Shape: a card (`inline`), one row (`compact`), or a launcher with a panel (`floating`). */
  variant: reflected(oneOf('variant', 'inline', 'compact', 'floating')),
  /** Corner of the window for `floating`; start and end follow the direction of the text. */
  placement: oneOf('placement', 'bottom-end', 'bottom-start', 'top-end', 'top-start'),
  /** Shape and colours of the card; the page's own custom properties override them. */
  theme: reflected(word('theme', 'plain', 'soft', 'contrast', 'glass')),
  /** Words beside the mark of the launcher. */
  launcherLabel: text('launcher-label'),
  /** URL of a picture of the assistant, for the launcher and the heading. */
  avatarSrc: url('avatar-src'),
  /** One sentence beside the closed launcher, which the visitor can close. */
  nudge: text('nudge'),
  /** Seconds until the nudge appears. */
  nudgeAfter: number('nudge-after', 8),
  /** The panel of `floating` is shown. */
  open: flag('open'),
  /** Version of the consent text; when set, the visitor must accept the text before anything starts. */
  consent: text('consent'),
  /** With `session`, the conversation is kept while the tab is open, and the next page can go on with it. */
  persist: word('persist', 'session'),
  /** Words on the button that asks for a person, during a call and after it; no button when not set. */
  handoverLabel: reflected(text('handover-label')),
  /** After a call that had an answer, the visitor is asked whether it was helpful. */
  collectFeedback: flag('collect-feedback'),
  /** Languages that the visitor can choose from in the settings, such as `en de pt-BR`; no choice when not set. */
  languages: text('languages'),
  /** Words of this element only, in place of those of its language. */
  strings: value<LocaleStrings>(),
};

type Values<Table extends Readonly<Record<string, Option<unknown>>>> = {
  -readonly [Name in keyof Table]: Table[Name]['default'];
};

type CallOptions = Values<typeof CALL_OPTIONS>;

/** The properties of the element that a page can set. */
export type ElementOptions = CallOptions & Values<typeof VIEW_OPTIONS>;

export type TokenMethod = ElementOptions['tokenMethod'];
export type Variant = ElementOptions['variant'];
export type Theme = ElementOptions['theme'];
export type Placement = ElementOptions['placement'];

/** What the visitor has chosen. The page's own options override it. */
export type VisitorChoices = Pick<VoiceSessionOptions, 'inputDeviceId' | 'outputDeviceId' | 'volume' | 'language'>;

/** Collects the options of a call. */
export function callOptionsOf(element: CallOptions, choices: VisitorChoices): VoiceSessionOptions {
  const names = Object.keys(CALL_OPTIONS) as (keyof CallOptions)[];
  return {
    ...Object.fromEntries(names.map((name) => [name, element[name]])),
    // An empty device id is the system's default.
    inputDeviceId: element.inputDeviceId ?? (choices.inputDeviceId || undefined),
    outputDeviceId: element.outputDeviceId ?? (choices.outputDeviceId || undefined),
    volume: choices.volume,
    language: choices.language,
  };
}

const OPTIONS: Readonly<Record<string, Option<unknown>>> = { ...CALL_OPTIONS, ...VIEW_OPTIONS };

/** Whether an attribute stands for a boolean. */
export function isFlag(attribute: string): boolean {
  return Object.values(OPTIONS).some((option) => option.attribute === attribute && option.type);
}

/** The default of every option. */
export const DEFAULTS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, option]) => [name, option.default]),
);

/** What an option is when a page has set it to a value: the default, unless the value can be used. */
export function usable(name: string, value: unknown): unknown {
  const { default: initial, words, isUrl } = OPTIONS[name]!;
  if (value === undefined || value === null || value === '') return initial;
  if (typeof initial === 'number') return numberFrom(value, initial);
  if (isUrl) return urlFrom(value, name);
  if (!words) return value;
  const wanted = String(value).toLowerCase();
  const known = words.find((word) => String(word).toLowerCase() === wanted);
  if (known === undefined) tellOnce(`${name}: "${wanted}" is not known. Use ${words.join(', ')}.`);
  return known ?? initial;
}
