import { parseArgs } from 'node:util';
import { startPracticeServer } from './server.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'api-key': { type: 'string' },
    'voice-rate': { type: 'string' },
    'thinking-ms': { type: 'string' },
    'lead-ms': { type: 'string' },
    scripted: { type: 'boolean', default: false },
  },
});

const numbers = Object.fromEntries(
  Object.entries({ voiceRate: values['voice-rate'], thinkingMs: values['thinking-ms'], leadMs: values['lead-ms'] })
    .flatMap(([name, text]) => (text === undefined ? [] : [[name, Number(text)]])),
);
const server = await startPracticeServer({
  port: Number(values.port),
  scripted: values.scripted,
  ...(values['api-key'] ? { apiKey: values['api-key'] } : {}),
  ...numbers,
});
console.log(JSON.stringify({ url: server.url }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The native WebRTC threads can outlive their connections for a while, so the process does not wait for them.
  process.once(signal, () => void server.close().finally(() => process.exit(0)));
}
