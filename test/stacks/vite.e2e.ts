import { after, before, describe, it } from 'node:test';
import { build } from 'vite';
import { siteRoutes } from '../e2e/support/site.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertTalks, openStack } from './stack-page.js';

const PACKAGES = [
  ...['vite', '@vitejs/plugin-react', '@vitejs/plugin-vue', '@sveltejs/vite-plugin-svelte'],
  ...['react', 'react-dom', 'scheduler', 'vue', 'svelte', 'preact'],
];

describe('the packed package, bundled by Vite, talks in Chromium in', () => {
  let practice: PracticeProcess;
  let packed: PackedPackage;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    packed = new PackedPackage();
    packed.link(...PACKAGES);
  });
  after(async () => {
    packed?.remove();
    await practice?.stop();
  });

  for (const name of ['react', 'vue', 'svelte', 'preact']) {
    it(name, async () => {
      packed.copy(`test/stacks/${name}`, name);
      await build({ root: packed.path(name), logLevel: 'error' });
      await using opened = await openStack(await sharedChromium(), packed.path(name, 'dist'), siteRoutes(practice.url));
      await assertTalks(opened);
    });
  }
});
