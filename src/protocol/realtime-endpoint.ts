/** Where the Realtime service takes offers: https://platform.openai.com/docs/guides/realtime-webrtc */
export const DEFAULT_CALLS_URL = 'https://api.openai.com/v1/realtime/calls';

/** Any id that both sides agree on will do; the service learns it from `?dcid=`. */
const CHANNEL_ID = 4;

/** How the event channel is made: agreed beforehand by its id, or announced in-band by the browser. */
export type ChannelPlan = { readonly label: string; readonly negotiated: boolean; readonly id: number | undefined };

/**
 * OpenAI's hosts take the channel's id with the offer, which saves the round trip that announces it in-band.
 * Compatible servers do not promise that, so they get the ordinary channel.
 */
export function channelPlan(callsUrl: string): ChannelPlan {
  const negotiated = /^https:\/\/([^/:?#]+\.)?api\.openai\.com([/:?#]|$)/i.test(callsUrl);
  return { label: 'oai-events', negotiated, id: negotiated ? CHANNEL_ID : undefined };
}

export function offerUrl(callsUrl: string, plan: ChannelPlan): string {
  if (!plan.negotiated) return callsUrl;
  const url = new URL(callsUrl);
  url.searchParams.set('dcid', String(plan.id));
  return url.href;
}

/** The call's id from `Location`: Azure's `?call_id=`, or the last segment of its path. */
export function callIdFrom(header: string | null): string | undefined {
  const [path = '', query = ''] = header?.split(/[?#]/) ?? [];
  return new URLSearchParams(query).get('call_id') || path.split('/').filter(Boolean).at(-1);
}
