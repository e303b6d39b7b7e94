// SvelteKit: src/routes/api/voice-session/+server.js. The same with voiceToken in src/routes/api/voice-token.
import { voiceSession } from './voice.js';

export const POST = ({ request, getClientAddress }) => voiceSession(request, { address: getClientAddress() });
export const DELETE = POST;
export const OPTIONS = POST;
