import type { WordPressSite } from './wordpress-site.js';

export const TOKEN = '/wp-json/realtime-voice/v1/token';
const PAGE = '/wp-admin/options-general.php?page=realtime-voice';

/** The fields of the settings page. */
export interface Settings {
  readonly [name: string]: string | boolean | undefined;
  readonly key?: string;
  /** Ticks "Delete the saved key". */
  readonly delete?: boolean;
}

interface Answered {
  readonly response: Response;
  readonly text: string;
}

/** Sends the form of the settings page, with the nonce that it prints for this user unless another one is given. */
export async function saveSettings(
  site: WordPressSite,
  cookie: string,
  { key = '', delete: deletes, ...settings }: Settings,
  nonce?: string,
): Promise<Answered> {
  const { text } = await site.fetch(PAGE, { headers: { cookie } });
  const printed = /name="_wpnonce" value="(\w+)"/.exec(text)?.[1] ?? '';
  const fields = Object.entries(settings).map(([name, value]) => [`realtime_voice_settings[${name}]`, String(value)]);
  const body = new URLSearchParams([
    ['option_page', 'realtime-voice'],
    ['action', 'update'],
    ['_wpnonce', nonce ?? printed],
    ['_wp_http_referer', PAGE],
    ['realtime_voice_api_key', key],
    ...(deletes ? [['realtime_voice_delete_key', '1']] : []),
    ...fields,
  ] as [string, string][]);
  return site.fetch('/wp-admin/options.php', { method: 'POST', body, headers: { cookie } });
}

interface TokenRequest extends Omit<RequestInit, 'headers'> {
  /** An empty text leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** One of the servers of the site. */
  readonly server?: string | undefined;
}

interface TokenAnswer extends Answered {
  readonly body: Record<string, unknown>;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Asks for a token as the element does, from a page of the site. */
export async function postToken(
  site: WordPressSite,
  { headers, server, ...init }: TokenRequest = {},
): Promise<TokenAnswer> {
  const usual = { 'content-type': 'application/json', origin: site.url, 'sec-fetch-site': 'same-origin' };
  const sent = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== '');
  const options = { method: 'POST', body: '{}', ...init, headers: Object.fromEntries(sent) };
  const { response, text } = await site.fetch(TOKEN, options, server);
  const body = JSON.parse(text) as Record<string, unknown>;
  return { response, text, body, error: body['error'] as TokenAnswer['error'] };
}
