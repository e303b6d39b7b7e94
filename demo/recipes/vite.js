// Vite: voice-endpoints.js, a plugin for vite.config.js. It has both endpoints while you develop, and in `vite preview`.
// Where the site goes live, mount voiceToken or voiceSession in its server.
import { getRequestListener } from '@hono/node-server';
import { voiceSession, voiceToken } from './voice.js';

const mount = ({ middlewares }) => {
  middlewares.use('/api/voice-token', getRequestListener(voiceToken));
  middlewares.use('/api/voice-session', getRequestListener(voiceSession));
};

export const voiceEndpoints = { name: 'voice-endpoints', configureServer: mount, configurePreviewServer: mount };
