/** Where the Realtime service takes offers: https://platform.openai.com/docs/guides/realtime-webrtc */
export const DEFAULT_CALLS_URL = 'https://api.openai.com/v1/realtime/calls';

/** Where the offer goes. What the page says comes before what the token endpoint says. */
export function callsUrlOf(
  { sessionUrl, callsUrl }: { readonly sessionUrl?: string; readonly callsUrl?: string },
  secret?: { readonly callsUrl: string | undefined },
): string {
  return sessionUrl || callsUrl || secret?.callsUrl || DEFAULT_CALLS_URL;
}

/** The id of the event channel. Any id is allowed; the service learns it from `?dcid=`. */
const CHANNEL_ID = 4;

/** How the event channel is made: negotiated beforehand by its id, or announced in-band by the browser. */
export type ChannelPlan = { readonly label: string; readonly negotiated: boolean; readonly id: number | undefined };

/**
 * The kind of channel for a calls URL. OpenAI's hosts, and those that `agrees` is true for, take the id with the offer,
 * which saves the round trip of the announcement. With other servers such a channel may never open, so they get an
 * announced one.
 */
export function channelPlan(callsUrl: string, agrees = false): ChannelPlan {
  const negotiated = agrees || /^https:\/\/([^/:?#]+\.)?api\.openai\.com([/:?#]|$)/i.test(callsUrl);
  return { label: 'oai-events', negotiated, id: negotiated ? CHANNEL_ID : undefined };
}

/** The URL to which the offer is posted. */
export function offerUrl(callsUrl: string, plan: ChannelPlan): string {
  if (!plan.negotiated) return callsUrl;
  // It may be relative to the page.
  const [address = ''] = callsUrl.split('#');
  return `${address}${address.includes('?') ? '&' : '?'}dcid=${plan.id}`;
}

/** The id of the call from the `Location` header: Azure's `?call_id=`, or the last segment of the path. */
export function callIdFrom(header: string | null): string | undefined {
  const [path = '', query = ''] = header?.split(/[?#]/) ?? [];
  return new URLSearchParams(query).get('call_id') || path.split('/').filter(Boolean).at(-1);
}
