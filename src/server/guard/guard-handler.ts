import { createEndpoint } from '../endpoint.js';
import type { Handler, HandlerOptions } from '../options.js';
import { Refusal } from '../refusal.js';
import { reply } from '../reply.js';
import { resolveOptions } from '../resolved-options.js';
import { parseJson } from '../upstream-body.js';
import type { CallGuard } from './call-guard.js';

const ACCEPTED = { types: ['application/json'], maxBytes: 2_048 };

export interface GuardHandlerOptions extends HandlerOptions {
  /** The guard that watches the calls. */
  guard: CallGuard;
}

/**
 * Creates the endpoint at which a page names its call, `POST { "callId": "rtc_…" }`, for sites with a token handler:
 * only the browser knows the call then. An id counts if the service confirms it. A session handler needs no such
 * endpoint.
 */
export function createGuardHandler(options: GuardHandlerOptions): Handler {
  const { guard, ...handlerOptions } = options ?? {};
  const resolved = resolveOptions(handlerOptions, 'createGuardHandler');
  if (typeof guard?.confirm !== 'function') {
    throw new TypeError('createGuardHandler: guard must be what createCallGuard returns.');
  }
  // No call is opened here. The captcha was solved for the call.
  return createEndpoint({ ...resolved, onMint: undefined, humanCheck: undefined }, ACCEPTED, {
    POST: async ({ body, session }) => {
      const { callId } = (parseJson(body) ?? {}) as { callId?: unknown };
      if (typeof callId === 'string' && (await guard.confirm(callId, session.preset))) {
        return { response: reply(204, null) };
      }
      throw new Refusal(404, 'unknown-call', 'The service knows no such call.');
    },
  });
}
