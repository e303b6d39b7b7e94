import { parseArgs } from 'node:util';
import { CALLS, RelayedSite, TOKEN } from '../e2e/support/relayed-site.js';
import { startPractice } from '../support/practice-process.js';
import { measure, type Heard, type Sentence } from './first-words/measure.js';
import { machine } from './report/machine.js';
import { table, writePart } from './report/results.js';
import { quantile } from './report/statistics.js';

/**
 * Measures how much the service hears of what the visitor says while the call is connecting:
 * npm run bench -- first-words [--token 1000] [--sdp 1400]
 */
const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({ options: { token: text('1000'), sdp: text('1400') } });
const [token, sdp] = [Number(values.token), Number(values.sdp)];
const first = 'Please tell me where my order number forty seven is.';
const second = 'Can you also change the delivery address to the office?';

const practice = await startPractice();
const site = await RelayedSite.open(practice.url);
site.server.answer(TOKEN, async () => ({ ...(await site.mint()), delayMs: token }));
site.server.answer(CALLS, async (request) => ({ ...(await site.call(request)), delayMs: sdp }));
try {
  const plain = await measure(site, { title: 'nothing kept', first, pause: 1500, second, withoutContext: true });
  const short = await measure(site, { title: 'pause of 1.5 s', first, pause: 1500, second });
  const long = await measure(site, { title: 'pause of 4 s', first, pause: 4000, second });
  // What network and jitter buffer take: what comes from the microphone itself takes it too.
  const usual = quantile(plain.second.late, 0.5);
  const report = table(
    ['', 'first sentence', 'behind', 'second sentence', 'behind', 'microphone'],
    [plain, short, long].map((heard) => rowOf(heard, usual)),
  );
  console.log(report);
  await writePart(
    'first words',
    `### First words

The visitor says “${first}” as soon as the microphone is open, and after a pause “${second}” The client secret takes
${token} ms, the SDP answer ${sdp} ms. Each 200 ms of speech are looked for in what the practice server has received; the
columns of the sentences show the share that was found. **Behind** is how much later than through the microphone alone
it arrived: from the smallest to the largest value in the sentence. **Microphone** is when the microphone's own track was
sent, after the call was ready. The first line is a page without \`AudioContext\`, where the element keeps nothing.
${machine(plain.browser)}

${report}`,
  );
} finally {
  await site.close();
  await practice.stop();
}

function rowOf({ title, microphoneAfter, first, second }: Heard, usual: number): string[] {
  const share = ({ late, count }: Sentence): string => `${Math.round((100 * late.length) / count)} %`;
  const behind = ({ late }: Sentence): string =>
    [0, 1].map((end) => Math.round(quantile(late, end) - usual)).join(' to ') + ' ms';
  return [title, share(first), behind(first), share(second), behind(second), `${microphoneAfter} ms`];
}
