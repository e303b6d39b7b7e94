// Used by every recipe here. A site needs one of the two handlers.
import { createSessionHandler, createTokenHandler } from 'realtime-voice/server';

const options = {
  apiKey: process.env.OPENAI_API_KEY,
  baseUrl: process.env.OPENAI_BASE_URL,
  session: {
    model: 'gpt-realtime-2.1',
    instructions: 'You are the friendly assistant of a bicycle shop. Be brief.',
    audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
  },
};

/** For `token-url`: POST, OPTIONS. */
export const voiceToken = createTokenHandler(options);

/** For `session-url`: POST, DELETE, OPTIONS. */
export const voiceSession = createSessionHandler(options);
