import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertAnswers } from '../stacks/stack-page.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';

let practice: PracticeProcess;
let site: ServerProcess;
before(async () => {
  practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
  site = await startServer({
    name: 'The reference server',
    run: ['demo/reference/server.js'],
    env: { PORT: '0', OPENAI_API_KEY: 'sk-the-key-of-the-site', OPENAI_BASE_URL: practice.url, REDIS_URL: '' },
    address: (line) => (line.startsWith('http') ? line.trim() : undefined),
  });
});
after(() => Promise.all([site?.stop(), practice?.stop()]));

it('the page of the reference server talks, and its policy blocks nothing', async () => {
  const browser = await sharedChromium();
  const blocked: string[] = [];
  await assertAnswers(browser, site.url, (page) => {
    page.on('console', (message) => {
      const text = message.text();
      if (/Content.Security.Policy/i.test(text) && !text.includes('favicon.ico')) blocked.push(text);
    });
  });
  assert.deepEqual(blocked, []);
});
