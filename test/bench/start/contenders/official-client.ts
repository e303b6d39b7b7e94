import { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';

/** Runs in the page: the service's own client library, as its documentation shows it. */
const agent = new RealtimeAgent({ name: 'Assistant', instructions: 'Answer briefly.' });
const session = new RealtimeSession(agent, { model: 'gpt-realtime' });
document.querySelector('button')!.onclick = async () => {
  const { value } = (await (await fetch('/token', { method: 'POST' })).json()) as { value: string };
  await session.connect({ apiKey: value });
};
