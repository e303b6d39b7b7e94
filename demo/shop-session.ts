import type { SessionConfig } from '../src/server/index.js';

/** The demo's models, named only here. The service retires models, so each can be set by an environment variable. */
const MODEL = process.env['OPENAI_REALTIME_MODEL'] || 'gpt-realtime-2.1';
const TRANSCRIPTION_MODEL = process.env['OPENAI_TRANSCRIPTION_MODEL'] || 'gpt-transcribe';
const LIVE_MODEL = process.env['OPENAI_LIVE_MODEL'] || 'gpt-live-1';
const LIVE_BACKEND_MODEL = process.env['OPENAI_LIVE_BACKEND_MODEL'] || 'gpt-5.6-terra';
const VOICE = process.env['OPENAI_REALTIME_VOICE'] || 'marin';

const INSTRUCTIONS = `You are the assistant of Fern & Co., a small workshop in Bergen that makes and mends armchairs.
You are friendly, warm and brief: one or two spoken sentences, then let the visitor talk.
Answer in the language the visitor speaks.

What you know:
- The Nordnes armchair costs 9,800 kroner. Ash frame, wool seat, made to order in five weeks.
- Fabrics: rust, moss, oat and blue. Two blue ones are in stock in the Bergen shop.
- Mending: bring a chair or send photographs; most repairs cost between 900 and 2,400 kroner.
- The shop on Strandgaten 88 is open Tuesday to Saturday, ten to five.

When the visitor asks about a colour or wants to see one, call show_fabric: the picture on the page changes.
If you do not know something, say so, and offer that someone from the workshop calls back.`;

/** A tool that runs in the visitor's page; `shop.js` defines what it does, under the same name. */
const SHOW_FABRIC = {
  type: 'function',
  name: 'show_fabric',
  description: 'Shows the armchair on the page in one of its fabrics, and says how many are in stock.',
  parameters: {
    type: 'object',
    properties: { fabric: { type: 'string', enum: ['rust', 'moss', 'oat', 'blue'] } },
    required: ['fabric'],
    additionalProperties: false,
  },
};

/** The shop's session, the same for the practice server and the real service. */
export const SHOP_SESSION: SessionConfig = {
  type: 'realtime',
  model: MODEL,
  instructions: INSTRUCTIONS,
  output_modalities: ['audio'],
  audio: {
    input: {
      transcription: { model: TRANSCRIPTION_MODEL },
      turn_detection: { type: 'server_vad' },
    },
    output: { voice: VOICE },
  },
  tools: [SHOW_FABRIC],
  tool_choice: 'auto',
};

/** The shop's session for GPT-Live, which delegates tools and typed text to a backend model. */
export const LIVE_SHOP_SESSION: SessionConfig = {
  type: 'live',
  model: LIVE_MODEL,
  instructions: INSTRUCTIONS,
  audio: { output: { voice: VOICE } },
  delegation: {
    type: 'responses',
    responses: { model: LIVE_BACKEND_MODEL, instructions: INSTRUCTIONS, tools: [SHOW_FABRIC] },
  },
};
