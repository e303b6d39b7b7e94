import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from '../stacks/stack-page.js';
import { postToken } from './wordpress/wordpress-forms.js';
import { POSTS } from './wordpress/posts.js';
import { WordPressSite } from './wordpress/wordpress-site.js';

const KEY = 'key-of-this-test-0123456789';

let practice: PracticeProcess;
before(async () => {
  practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20', '--api-key', KEY]);
});
after(() => practice?.stop());

/** PHP that saves the key and the address of the practice server for the present site. */
const saved = (): string =>
  `update_option('realtime_voice_api_key', '${KEY}');
   update_option('realtime_voice_settings', array('base_url' => '${practice.url}'));`;
const scriptsIn = (text: string): number => text.match(/<script[^>]*realtime-voice\.min\.js/g)?.length ?? 0;

describe('the WordPress plugin in a classic theme', () => {
  let site: WordPressSite;
  before(async () => {
    // WordPress runs an escaped shortcode in an excerpt, and shows what is left of pasted HTML, in any theme.
    const { 'other-forms': _, 'author-pasted': __, ...posts } = POSTS;
    site = await WordPressSite.open(posts, { theme: 'classic-theme' });
    site.run(saved());
  });
  after(() => site?.close());

  for (const path of ['/admin-shortcode/', '/author-block/']) {
    it(`talks at ${path}, with one script`, async () => {
      assert.equal(scriptsIn((await site.fetch(path)).text), 1);
      await assertAnswers(await sharedChromium(), site.url + path);
    });
  }

  it('shows no tools and loads no script where a list has the excerpts of the pages', async () => {
    const { text } = await site.fetch('/');
    assert.match(text, /<p>Before\./);
    assert.doesNotMatch(text, /<realtime-voice|parameters|\[realtime_voice/);
    assert.equal(scriptsIn(text), 0);
  });

  it('works as a widget of the sidebar, with one script even beside a page with the element', async () => {
    site.run(`update_option('widget_text', array(2 => array('title' => '', 'text' => '[realtime_voice]',
      'filter' => 'content', 'visual' => true), '_multiwidget' => 1));
      update_option('sidebars_widgets', array('side' => array('text-2'), 'array_version' => 3));`);
    try {
      assert.equal(scriptsIn((await site.fetch('/author-block/')).text), 1);
      assert.equal(scriptsIn((await site.fetch('/plain/')).text), 1);
      await assertAnswers(await sharedChromium(), `${site.url}/plain/`);
    } finally {
      site.run("update_option('sidebars_widgets', array('side' => array(), 'array_version' => 3));");
    }
  });

  it('takes a request whose nonce is out of date, as a cached page may send it, from who may talk', async () => {
    const cookie = await site.logIn('author');
    const old = { cookie, 'x-wp-nonce': 'old0123456' };
    const { response: taken } = await postToken(site, { headers: old });
    assert.deepEqual([taken.status, taken.headers.get('cache-control')], [200, 'no-store']);
    const elsewhere = await postToken(site, { headers: { ...old, origin: 'https://other.example' } });
    assert.deepEqual([elsewhere.response.status, elsewhere.error?.code], [403, 'origin-not-allowed']);
    const { response } = await site.fetch('/wp-json/wp/v2/users/me', { headers: old });
    assert.equal(response.status, 403, 'all other routes refuse it');
  });
});

describe('the WordPress plugin in a network of sites', () => {
  let site: WordPressSite;
  let path: string;
  before(async () => {
    site = await WordPressSite.open(POSTS, { network: true });
    path = site.run(`switch_to_blog(2);
      ${saved()}
      echo wp_make_link_relative(get_permalink(wp_insert_post(array('post_title' => 'Voice',
        'post_status' => 'publish', 'post_content' => '[realtime_voice lang="de"]'))));`);
  });
  after(() => site?.close());

  it('talks on a site that has a key, at the endpoint of this site', async () => {
    assert.match(path, /^\/second\//);
    const { text } = await site.fetch(path);
    assert.match(text, /token-url="\/second\/wp-json\/realtime-voice\/v1\/token"/);
    await assertAnswers(await sharedChromium(), site.url + path);
  });

  it('does not lend the key of one site to another', async () => {
    const { response, error } = await postToken(site);
    assert.deepEqual([response.status, error?.code], [503, 'not-configured']);
  });

  it('deletes what it has saved on all sites', () => {
    const count = (blog: number): string =>
      `switch_to_blog(${blog}); echo $wpdb->get_var("SELECT COUNT(*) FROM $wpdb->options
        WHERE option_name LIKE '%realtime_voice%'"), ' '; restore_current_blog();`;
    const before = site.run(`global $wpdb; ${count(2)}`);
    assert.notEqual(before.trim(), '0');
    const program = "define('WP_UNINSTALL_PLUGIN', '1'); require WP_PLUGIN_DIR . '/realtime-voice/uninstall.php';";
    assert.equal(site.run(`global $wpdb; ${program} ${count(1)} ${count(2)}`), '0 0 ');
  });
});
