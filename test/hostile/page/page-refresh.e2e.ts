import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { RunningCall } from '../../e2e/support/running-call.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

const TURBO = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js');

for (const [name, launch] of BROWSERS) {
  it(`a call in ${name} outlives a page that Turbo loads again and morphs`, async () => {
    const page = `<!doctype html><html lang="en"><head><title>Shop</title>
      <meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">
      <script src="/recorder.js"></script><script src="/turbo.js"></script>
      <script type="module" src="/realtime-voice.min.js"></script></head>
      <body><h1>Shop</h1><realtime-voice variant="floating" token-url="/api/voice-token"
        calls-url="${practice.url}/v1/realtime/calls"></realtime-voice></body></html>`;
    await using call = await RunningCall.begin(await launch(), practice.url, {
      html: page,
      routes: { '/turbo.js': { body: TURBO, headers: { 'content-type': 'text/javascript' } } },
      properties: { muted: true },
    });
    const { voice } = call;
    await voice.page.$eval('realtime-voice', async (element) => {
      element.shadowRoot!.querySelector<HTMLElement>('[part="launcher"]')!.click();
      await element.updateComplete;
      // The visitor unmutes and mutes again, before the service hears anything.
      for (let press = 0; press < 2; press++) {
        element.shadowRoot!.querySelector<HTMLElement>('[part="mute-button"]')!.click();
        await element.updateComplete;
      }
      Object.assign(window, { __element: element });
    });
    await voice.page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('turbo:morph', resolve, { once: true });
          type Turbo = { visit(url: string, options: object): void };
          (window as unknown as { Turbo: Turbo }).Turbo.visit(location.href, { action: 'replace' });
        }),
    );
    const seen = await voice.page.$eval('realtime-voice', async (element) => {
      await element.updateComplete;
      await element.updateComplete;
      const { muted, open, state, shadowRoot } = element;
      const attributes = ['muted', 'open', 'state'].filter((name) => element.hasAttribute(name));
      const same = element === (window as unknown as { __element: Element }).__element;
      return { muted, open, state, attributes, same, panel: !!shadowRoot!.querySelector('[part="panel"]') };
    });
    assert.deepEqual(seen, {
      muted: true,
      open: true,
      state: 'listening',
      attributes: ['muted', 'open', 'state'],
      same: true,
      panel: true,
    });
    await call.assertGoesOn();
  });
}
