import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { RunningCall } from '../e2e/support/running-call.js';
import { until } from '../e2e/support/until.js';
import { openSitePage, type VoicePage } from '../e2e/support/voice-page.js';
import { startFaultServer } from '../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { cachedCopy } from './wordpress/cached-copy.js';
import { PLAIN_TOOLS, POSTS, TOOLS } from './wordpress/posts.js';
import { postToken, saveSettings, TOKEN, type Settings } from './wordpress/wordpress-forms.js';
import { WordPressSite } from './wordpress/wordpress-site.js';

const KEY = 'key-of-this-test-0123456789';
const HASH = readFileSync('dist/realtime-voice.min.js.sri', 'utf8').trim();

describe('the WordPress plugin', () => {
  let practice: PracticeProcess;
  let site: WordPressSite;
  let admin: string;
  let author: string;
  let minute = 0;

  before(async () => {
    [practice, site] = await Promise.all([
      startPractice(['--voice-rate', '350', '--thinking-ms', '20', '--api-key', KEY]),
      WordPressSite.open(POSTS),
    ]);
    [admin, author] = await Promise.all([site.logIn('admin'), site.logIn('author')]);
  });
  after(async () => {
    await site?.close();
    await practice?.stop();
  });

  /** Saves settings by the form; everything else has its default. No request of before counts any more. */
  async function save(settings: Settings = {}): Promise<void> {
    site.setMinute(++minute);
    const { response } = await saveSettings(site, admin, { base_url: practice.url, ...settings });
    assert.equal(response.headers.get('location')?.includes('settings-updated=true'), true);
  }

  const post = (headers: Record<string, string> = {}, server = site.url): ReturnType<typeof postToken> =>
    postToken(site, { headers, server });

  async function open(path: string): Promise<VoicePage> {
    return openSitePage(await sharedChromium(), site.url + path, ({ page }) =>
      page.on(
        'response',
        (response) =>
          void response.text().then(
            (text) => site.saw(text),
            () => undefined,
          ),
      ),
    );
  }

  it('without a key, tells administrators where to save one, and visitors that it is not set up', async () => {
    const before = await post();
    assert.deepEqual([before.response.status, before.error?.code], [503, 'not-configured']);
    assert.doesNotMatch(before.text, /key|Settings/i);
    assert.match((await post({ cookie: admin })).text, /No API key is saved\. Save one in Settings/);
    const link = /Save a key/;
    assert.match((await site.fetch('/german/', { headers: { cookie: admin } })).text, link);
    assert.match((await site.fetch('/wp-admin/index.php', { headers: { cookie: admin } })).text, link);
    for (const cookie of [author, '']) {
      const { text } = await site.fetch('/german/', { headers: { cookie } });
      assert.match(text, /<realtime-voice /);
      assert.doesNotMatch(text, link);
    }
  });

  it('saves the key by its form, keeps it when the field is empty, and does not load it with every page', async () => {
    await save({ key: KEY });
    await save({ key: '' });
    assert.equal(site.run('echo RealtimeVoice\\api_key();'), KEY);
    assert.equal(site.run("echo isset(wp_load_alloptions()['realtime_voice_api_key']) ? 'loaded' : 'not';"), 'not');
    await save({ key: 'two words' });
    assert.equal(site.run('echo RealtimeVoice\\api_key();'), KEY);
    const { text } = await site.fetch('/wp-admin/options-general.php?page=realtime-voice', {
      headers: { cookie: admin },
    });
    assert.match(text, /A key is saved/);
    assert.match(text, /type="password"[^>]* value=""/);
  });

  it('reads a key that an earlier version saved as a text, and saves it anew', async () => {
    site.run(`delete_option('realtime_voice_api_key'); add_option('realtime_voice_api_key', '${KEY}');`);
    assert.equal(site.run('echo RealtimeVoice\\api_key();'), KEY);
    await site.fetch('/wp-admin/options.php', { headers: { cookie: admin } });
    assert.equal(site.run("echo wp_json_encode(get_option('realtime_voice_api_key'));"), JSON.stringify({ key: KEY }));
    assert.equal(site.run("echo isset(wp_load_alloptions()['realtime_voice_api_key']) ? 'loaded' : 'not';"), 'not');
    assert.equal(site.run('echo RealtimeVoice\\api_key();'), KEY);
  });

  it('takes settings only from administrators with the nonce of the form, and cleans them', async () => {
    assert.equal((await saveSettings(site, admin, { model: 'stolen' }, 'wrong')).response.status, 403);
    assert.equal((await saveSettings(site, author, { model: 'stolen' }, 'wrong')).response.status, 403);
    const page = await site.fetch('/wp-admin/options-general.php?page=realtime-voice', { headers: { cookie: author } });
    assert.equal(page.response.status, 403);
    await save({ per_address: '-5', who: 'nobody', model: 'a<b>"c', base_url: 'http://other.example/v1' });
    const saved = JSON.parse(site.run("echo wp_json_encode(get_option('realtime_voice_settings'));"));
    assert.deepEqual(
      [saved.per_address, saved.who, saved.model, saved.base_url],
      [1, 'everyone', 'ac', 'https://api.openai.com'],
    );
  });

  it('answers as createTokenHandler does', async () => {
    await save();
    const { response, body } = await post();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(String(body['value']), /^ek_/);
    assert.ok(Number(body['expires_at']) > Date.now() / 1000);
    assert.equal(body['calls_url'], `${practice.url}/v1/realtime/calls`);
  });

  const own = { 'content-type': 'application/json' };
  for (const [what, status, code, init] of [
    ['a foreign origin', 403, 'origin-not-allowed', { headers: { ...own, origin: 'https://other.example' } }],
    ['no origin', 403, 'origin-not-allowed', { headers: { ...own, origin: '' } }],
    ['a frame on another site', 403, 'origin-not-allowed', { headers: { ...own, 'sec-fetch-site': 'cross-site' } }],
    ['GET', 405, 'method-not-allowed', { method: 'GET', body: null }],
    ['a form', 415, 'unsupported-media-type', { headers: { 'content-type': 'text/plain' } }],
    ['a long body', 413, 'body-too-large', { body: JSON.stringify({ long: 'x'.repeat(3000) }) }],
    ['a body that is no JSON', 400, 'invalid-json', { body: '{' }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { response, error } = await postToken(site, init as Parameters<typeof postToken>[1]);
      assert.deepEqual([response.status, error?.code], [status, code]);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      if (status === 403)
        assert.equal(response.headers.get('access-control-allow-origin'), what.includes('frame') ? site.url : null);
    });
  }

  it('allows exactly as many starts a minute as it should, also at the same time', async () => {
    await save({ per_address: '4' });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => post({}, site.servers[index % site.servers.length])),
    );
    const statuses = answers.map(({ response }) => response.status).sort();
    assert.deepEqual(statuses, [...Array<number>(4).fill(200), ...Array<number>(8).fill(429)]);
    const refused = answers.find(({ response }) => response.status === 429)!;
    assert.deepEqual([refused.error?.code, refused.response.headers.get('retry-after')], ['rate-limited', '20']);
    const stored = site.run(
      'global $wpdb; echo implode(" ", $wpdb->get_col("SELECT option_name FROM $wpdb->options"));',
    );
    assert.match(stored, /_transient_realtime_voice_site /);
    assert.doesNotMatch(stored, /127\.0\.0\.1/);
    site.setMinute(++minute);
    assert.equal((await post()).response.status, 200);
  });

  it('limits the whole site, and behind a proxy each address of its own', async () => {
    await save({ per_address: '1', per_site: '3', trusted_proxies: '1' });
    const from = async (address: string): Promise<number> =>
      (await post({ 'x-forwarded-for': `10.9.9.9, ${address}` })).response.status;
    const statuses = [];
    for (const address of ['192.0.2.1', '192.0.2.1', '2001:db8::1', '2001:db8::2', '192.0.2.3', '192.0.2.4'])
      statuses.push(await from(address));
    assert.deepEqual(statuses, [200, 429, 200, 429, 200, 429]);
  });

  it('knows who is logged in without a nonce, so that a cached page works', async () => {
    const statuses = async (): Promise<number[]> => {
      const all = [];
      for (const cookie of ['', author, admin]) all.push((await post({ cookie })).response.status);
      return all;
    };
    await save({ who: 'logged-in' });
    assert.deepEqual(await statuses(), [401, 200, 200]);
    await save({ who: 'capability', capability: 'manage_options' });
    assert.deepEqual(await statuses(), [401, 401, 200]);
  });

  it('sends the service the settings and a hash of the visitor, follows no redirect, and passes no key on', async () => {
    const service = await startFaultServer();
    const path = '/v1/realtime/client_secrets';
    try {
      await save({ base_url: service.url, instructions: 'Be "brief".\nPlease.', model: 'm-1', voice: 'v' });
      service.answer(path, { redirect: `${service.url}/elsewhere` }, { status: 401 }, { body: { value: `x${KEY}` } });
      const codes = [];
      for (let count = 0; count < 3; count++) codes.push((await post()).error?.code);
      assert.deepEqual(codes, ['upstream-rejected', 'upstream-unauthorized', 'upstream-invalid']);
      service.answer(
        path,
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 429, body: { error: { code: 'insufficient_quota' } } },
      );
      const busy = await post();
      assert.deepEqual([busy.error?.code, busy.response.headers.get('retry-after')], ['rate-limited', '7']);
      assert.equal((await post()).error?.code, 'insufficient_quota');
      assert.deepEqual([...new Set(service.requests.map((request) => request.path))], [path]);
      const [first, second] = service.requests;
      assert.equal(first!.headers.authorization, `Bearer ${KEY}`);
      assert.match(String(first!.headers['openai-safety-identifier']), /^[\w-]{43}$/);
      assert.equal(first!.headers['openai-safety-identifier'], second!.headers['openai-safety-identifier']);
      assert.deepEqual(JSON.parse(first!.body).session, {
        type: 'realtime',
        model: 'm-1',
        audio: {
          input: { turn_detection: { type: 'server_vad' }, transcription: { model: 'gpt-transcribe' } },
          output: { voice: 'v' },
        },
        instructions: 'Be "brief".\nPlease.',
      });
    } finally {
      await service.close();
    }
  });

  it('loads the script with its hash, and only on pages with the element', async () => {
    const script = (text: string): string[] => text.match(/<script[^>]*realtime-voice[^>]*>/g) ?? [];
    assert.deepEqual(script((await site.fetch('/plain/')).text), []);
    const { text } = await site.fetch('/german/');
    const [main, german, ...more] = script(text);
    assert.deepEqual(more, []);
    assert.match(main!, / defer integrity="sha384-/);
    assert.ok(main!.includes(`integrity="${HASH}"`) && main!.includes('?ver=0.1.0'));
    assert.match(german!, /locales\/de\.min\.js.*/);
  });

  it('shows why the HTML cannot be pasted: kses removes it from what authors save', async () => {
    const { text } = await site.fetch('/author-pasted/');
    assert.doesNotMatch(text, /<realtime-voice/);
    assert.match(text, /parameters/);
  });

  it('leaves out tools that are none, and says so to authors only', async () => {
    const seen = async (cookie: string): Promise<string> =>
      (await site.fetch('/wrong-tools/', { headers: { cookie } })).text;
    assert.match(await seen(author), /the tools are no JSON array/);
    assert.doesNotMatch(await seen(''), /no JSON array|slot="tools"/);
  });

  for (const [path, tools, label] of [
    ['/admin-shortcode/', TOOLS, `Ask "us" -- it's 5 > 3`],
    ['/author-shortcode/', PLAIN_TOOLS, `Ask "us" -- it's 5 > 3`],
    ['/admin-shortcode-block/', TOOLS, `Ask "us" -- it's 5 > 3`],
    ['/admin-block/', TOOLS, 'Ask [gallery] "us"'],
    ['/author-block/', TOOLS, 'Ask [gallery] "us"'],
  ] as const) {
    it(`${path} has the tools and attributes as they were written, and no others`, async () => {
      await using voice = await open(path);
      const seen = await voice.page.$eval('realtime-voice', (element) => ({
        attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
        tools: JSON.parse(element.querySelector(':scope > [slot=tools]')!.textContent!) as unknown,
        hacked: 'hacked' in window,
      }));
      const attributes = { label, 'max-duration': '600', 'no-reconnect': '', state: 'idle', 'token-url': TOKEN };
      assert.deepEqual(seen, { attributes, tools, hacked: false });
    });
  }

  it('knows the other forms of the shortcode', async () => {
    const { text } = await site.fetch('/other-forms/');
    const tags = text.match(/<realtime-voice [^>]*>/g)!.map((tag) => tag.replace(` token-url="${TOKEN}"`, ''));
    assert.deepEqual(tags, ['<realtime-voice label="5 &gt; 3" no-transcript>', '<realtime-voice muted>']);
    assert.match(text, /> \[realtime_voice\] </);
  });

  for (const [what, path] of [
    ['the page', '/author-block/'],
    ['a cached and minified copy of it', '/cached/'],
  ] as const) {
    it(`talks in ${what}, and the model has the tools`, async () => {
      await save();
      if (path === '/cached/') site.writeStatic(path, cachedCopy((await site.fetch('/author-block/')).text));
      await using voice = await open(path);
      await voice.page.$eval('realtime-voice', async (element) => {
        // Chromium's fake microphone beeps, which would interrupt the answer.
        element.muted = true;
        await element.start();
      });
      const call = await RunningCall.of(voice, practice.url);
      await call.ask('Are you there?');
      const { session } = await until(
        'the tools are declared',
        () => call.peer(),
        ({ session }) => !!session.tools?.length,
      );
      assert.deepEqual(
        session.tools!.map(({ name }) => name),
        ['show'],
      );
      await voice.page.$eval('realtime-voice', (element) => element.stop());
      await call.untilClosed();
      assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
    });
  }

  it('registers the block in the editor', async () => {
    const { text } = await site.fetch('/wp-admin/post-new.php', { headers: { cookie: author } });
    assert.match(text, /realtime-voice\/editor\.js/);
    assert.match(text, /var realtimeVoiceAttributes = \[/);
  });

  it('prefers the key of wp-config.php', () => {
    const key = site.run("define('REALTIME_VOICE_API_KEY', 'constant'); echo RealtimeVoice\\api_key();");
    assert.equal(key, 'constant');
  });

  it('has told the key to no page and no visitor', async () => {
    const { text } = await site.fetch('/wp-admin/options.php', { headers: { cookie: admin } });
    assert.match(text, /name="realtime_voice_api_key"/, 'the page of all options has the one of the key');
    assert.ok(site.texts.length > 60, `only ${site.texts.length} answers were seen`);
    assert.deepEqual(
      site.texts.filter((text) => text.includes(KEY)),
      [],
    );
    assert.equal(site.warnings, '');
  });

  it('deletes the key on request, and everything when it is deleted', async () => {
    await save({ delete: true });
    assert.equal((await post()).error?.code, 'not-configured');
    const code = "define('WP_UNINSTALL_PLUGIN', '1'); require WP_PLUGIN_DIR . '/realtime-voice/uninstall.php';";
    const count = `global $wpdb; echo $wpdb->get_var("SELECT COUNT(*) FROM $wpdb->options WHERE option_name LIKE '%realtime_voice%'");`;
    assert.equal(site.run(code + count), '0');
  });
});
