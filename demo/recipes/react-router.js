// React Router: app/routes/api.voice-session.js. The same with voiceToken in app/routes/api.voice-token.js.
// It passes no address: set `clientAddress` or `trustedProxies` in voice.js, as your host documents it.
import { voiceSession } from './voice.js';

/** POST and DELETE. */
export const action = ({ request }) => voiceSession(request);
/** GET, which is refused, and OPTIONS. */
export const loader = action;
