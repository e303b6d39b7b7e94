import { ServiceError } from '../service/service-error.js';
import type { ServerKind } from './server-kinds.js';

/** The headers of a request; a Hono context has them. */
export interface KeyHolder {
  req: { header(name: string): string | undefined };
}

export function bearer(c: KeyHolder): string | undefined {
  return /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** @param wanted the only key that is accepted; without it, any key is */
export function checkApiKey(c: KeyHolder, kind: ServerKind, wanted: string | undefined): void {
  const key = (kind.key === 'api-key' ? c.req.header('api-key') : undefined) ?? bearer(c);
  if (!key) {
    if (kind.key === 'optional' && wanted === undefined) return;
    throw missingKey();
  }
  if (key.startsWith('ek_') || (wanted !== undefined && key !== wanted)) {
    throw new ServiceError(401, 'Incorrect API key provided.', 'invalid_api_key');
  }
}

export function missingKey(): ServiceError {
  return new ServiceError(401, 'Missing bearer authentication in header.', 'missing_api_key');
}
