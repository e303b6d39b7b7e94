// Next.js: app/api/voice-session/route.js. The same with voiceToken in app/api/voice-token/route.js.
// It passes no address: set `clientAddress` or `trustedProxies` in voice.js, as your host documents it.
import { voiceSession } from './voice.js';

export const dynamic = 'force-dynamic';
export { voiceSession as POST, voiceSession as DELETE, voiceSession as OPTIONS };
