import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { saveSettings } from '../embeds/wordpress/wordpress-forms.js';
import { WordPressSite } from '../embeds/wordpress/wordpress-site.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from './stack-page.js';

const PAGE = readFileSync('docs/start/wordpress.md', 'utf8');
const PLUGIN = 'realtime-voice/realtime-voice.php';

let practice: PracticeProcess;
let site: WordPressSite;
before(async () => {
  [practice, site] = await Promise.all([
    startPractice(['--voice-rate', '350', '--thinking-ms', '20']),
    WordPressSite.open({}),
  ]);
  // The newcomer's WordPress has no such plugin yet.
  site.run(`require_once ABSPATH . 'wp-admin/includes/admin.php';
    deactivate_plugins('${PLUGIN}'); WP_Filesystem(); delete_plugins(array('${PLUGIN}'));`);
});
after(async () => {
  await site?.close();
  await practice?.stop();
});

it('a newcomer with WordPress who does what the page says talks in Chromium', async () => {
  const admin = await site.logIn('admin');
  const read = async (path: string): Promise<string> => (await site.fetch(path, { headers: { cookie: admin } })).text;
  const command = /^npx tsx (demo\/\S+)$/m.exec(PAGE)![1]!;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', command], { encoding: 'utf8' });
  const [, zip] = /^Written: (.+\.zip)$/m.exec(printed) ?? [];
  assert.ok(zip, printed);

  const form = await read('/wp-admin/plugin-install.php?tab=upload');
  const body = new FormData();
  body.set('_wpnonce', /name="_wpnonce" value="(\w+)"/.exec(form)![1]!);
  body.set('pluginzip', new Blob([readFileSync(zip)]), 'realtime-voice.zip');
  const upload = '/wp-admin/update.php?action=upload-plugin';
  const { text } = await site.fetch(upload, { method: 'POST', body, headers: { cookie: admin } });
  const [, activate] = /href="([^"]+action=activate[^"]+)"/.exec(text) ?? [];
  assert.ok(activate, text);
  await read(`/wp-admin/${activate.replaceAll('&amp;', '&')}`);

  const settings = { instructions: 'You sell bicycles.', base_url: practice.url };
  const { response } = await saveSettings(site, admin, { key: 'any', ...settings });
  assert.equal(response.headers.get('location')?.includes('settings-updated=true'), true);

  const [, shortcode] = /^(\[realtime_voice .+\])$/m.exec(PAGE)!;
  const path = site.run(`echo wp_make_link_relative(get_permalink(wp_insert_post(array('post_title' => 'Voice',
    'post_status' => 'publish', 'post_content' => '${shortcode}'))));`);
  await assertAnswers(await sharedChromium(), site.url + path);
});
