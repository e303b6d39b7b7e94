import type { Context } from 'hono';
import { ServiceError } from '../service/service-error.js';
import type { ServerKind } from './server-kinds.js';

export function bearer(c: Context): string | undefined {
  return /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** @param wanted the only key that is accepted; without it, any key is */
export function checkApiKey(c: Context, kind: ServerKind, wanted: string | undefined): void {
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
