export const SITE = 'https://shop.example';
export const KEY = 'sk-proj-the-key-of-the-site';

/** A whole response as text: status, headers and body. No secret may be in it. */
export async function responseText(response: Response): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return `${response.status} ${response.statusText}\n${headers}\n\n${await response.clone().text()}`;
}

/** A request as a browser sends it from a page of the site itself. */
export function visitorRequest(
  init: {
    body?: BodyInit | null;
    headers?: Record<string, string | undefined>;
    method?: string;
    signal?: AbortSignal;
    url?: string;
  } = {},
): Request {
  const headers = new Headers();
  const all: Record<string, string | undefined> = {
    'Content-Type': 'application/json',
    Origin: SITE,
    'Sec-Fetch-Site': 'same-origin',
    ...init.headers,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) headers.set(name, value);
  const method = init.method ?? 'POST';
  return new Request(init.url ?? `${SITE}/api/voice-token`, {
    method,
    headers,
    ...(method === 'POST' && { body: init.body === undefined ? '{}' : init.body }),
    ...(init.body instanceof ReadableStream && { duplex: 'half' }),
    ...(init.signal && { signal: init.signal }),
  } as RequestInit);
}

export async function readError(response: Response): Promise<{ code: string; message: string }> {
  const { error } = (await response.clone().json()) as { error: { code: string; message: string } };
  return error;
}
