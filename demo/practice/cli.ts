import { parseArgs } from 'node:util';
import { SERVER_KINDS, type ServerKindName } from './http/server-kinds.js';
import { startPracticeServer } from './server.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    as: { type: 'string', default: 'openai' },
    'api-key': { type: 'string' },
    'voice-rate': { type: 'string' },
    'thinking-ms': { type: 'string' },
    'lead-ms': { type: 'string' },
    'session-seconds': { type: 'string' },
    scripted: { type: 'boolean', default: false },
  },
});

if (!Object.hasOwn(SERVER_KINDS, values.as)) {
  console.error(`--as must be one of ${Object.keys(SERVER_KINDS).join(', ')}.`);
  process.exit(1);
}
const numbers = Object.fromEntries(
  Object.entries({
    voiceRate: values['voice-rate'],
    thinkingMs: values['thinking-ms'],
    leadMs: values['lead-ms'],
    sessionSeconds: values['session-seconds'],
  }).flatMap(([name, text]) => (text === undefined ? [] : [[name, Number(text)]])),
);
const server = await startPracticeServer({
  port: Number(values.port),
  as: values.as as ServerKindName,
  scripted: values.scripted,
  ...(values['api-key'] ? { apiKey: values['api-key'] } : {}),
  ...numbers,
});
console.log(JSON.stringify({ url: server.url }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().finally(() => process.exit(0)));
}
