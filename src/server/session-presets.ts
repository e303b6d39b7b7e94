import type { SessionConfig } from './options.js';
import { Refusal } from './refusal.js';

/** The session that one request asks for. */
export interface ChosenSession {
  /** The name of the preset; undefined for `session`. */
  preset: string | undefined;
  /** Serialised once: nothing that happens later, in a request or elsewhere, can change what is asked for. */
  json: string;
}

type Fail = (reason: string) => never;

const NAME = /^[\w-]{1,64}$/;

/** The sessions that visitors can get: `session`, and each of `presets` by its name. */
export class SessionPresets {
  /** GPT-Live instead of the Realtime API. All sessions of one handler are of the same API. */
  readonly isLive: boolean;
  readonly #default: ChosenSession;
  readonly #presets = new Map<string, ChosenSession>();

  constructor(session: unknown, presets: unknown, fail: Fail) {
    if (!isObject(session)) {
      fail('session is missing. Pass the session to ask for, for example { model, instructions }.');
    }
    this.isLive = isLive(session);
    this.#default = { preset: undefined, json: serialised(session) };
    if (presets === undefined) return;
    if (!isObject(presets)) fail('presets must be an object of sessions by name, such as { sales: { instructions } }.');
    for (const [name, preset] of Object.entries(presets)) {
      if (!NAME.test(name)) fail('presets: a name has 1 to 64 letters, digits, "_" and "-", such as "sales".');
      if (!isObject(preset)) fail(`presets: ${name} must be a session, for example { model, instructions }.`);
      if (isLive(preset) !== this.isLive) {
        fail(`presets: ${name} must be of the same API as session. Make another handler for type: 'live'.`);
      }
      this.#presets.set(name, { preset: name, json: serialised(preset) });
    }
  }

  /** All of them. */
  get all(): readonly ChosenSession[] {
    return [this.#default, ...this.#presets.values()];
  }

  /** The session that `?preset=` of the URL names, or `session` without it; refuses a name that is not listed. */
  choose(requestUrl: string): ChosenSession {
    const [name, ...more] = new URL(requestUrl).searchParams.getAll('preset');
    if (name === undefined) return this.#default;
    const chosen = more.length === 0 ? this.#presets.get(name) : undefined;
    if (chosen) return chosen;
    throw new Refusal(400, 'unknown-preset', 'There is no such preset. Name one of the presets of the handler.');
  }
}

function isObject(value: unknown): value is SessionConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLive({ type }: SessionConfig): boolean {
  return type === 'live';
}

/** `live` selects the address at the service and is not sent on. */
function serialised({ type, ...session }: SessionConfig): string {
  return JSON.stringify(type === 'live' ? session : { ...session, type: type ?? 'realtime' });
}
