// Astro: src/pages/api/voice-session.js. The same with voiceToken in src/pages/api/voice-token.js.
// Astro checks the origin of forms itself (security.checkOrigin); SDP and JSON are none.
import { voiceSession } from './voice.js';

export const prerender = false;
export const ALL = ({ request, clientAddress }) => voiceSession(request, { address: clientAddress });
