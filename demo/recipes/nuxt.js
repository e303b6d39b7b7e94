// Nuxt 4: server/api/voice-session.js. The same with voiceToken in server/api/voice-token.js.
// With h3 2, write event.req instead of toWebRequest(event).
import { defineEventHandler, getRequestIP, toWebRequest } from 'h3';
import { voiceSession } from './voice.js';

export default defineEventHandler((event) => voiceSession(toWebRequest(event), { address: getRequestIP(event) }));
