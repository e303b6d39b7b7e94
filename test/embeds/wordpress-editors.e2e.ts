import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'puppeteer-core';
import { until } from '../e2e/support/until.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { PLAIN_SHORTCODE, PLAIN_TOOLS, TOOLS } from './wordpress/posts.js';
import { WordPressSite } from './wordpress/wordpress-site.js';

const USERS = ['admin', 'author'] as const;

/** What these tests use of the scripts of WordPress. */
declare const wp: {
  readonly blocks: { getBlockType(name: string): object | undefined };
  readonly data: {
    select(store: 'core/editor'): { getCurrentPostId(): number; getPermalink(): string };
    select(store: 'core/block-editor'): { getBlocks(): { name: string; isValid: boolean; attributes: object }[] };
    dispatch(store: 'core/preferences'): { set(scope: string, name: string, value: unknown): void };
    dispatch(store: 'core/editor'): { editPost(changes: object): void; savePost(): Promise<void> };
  };
};

describe('the editors of WordPress', () => {
  let site: WordPressSite;
  before(async () => void (site = await WordPressSite.open({})));
  after(() => site?.close());

  for (const user of USERS) {
    it(`the block editor: ${user} inserts the block, sets it up, and finds it as it was`, async () => {
      await using editor = await Editor.open(site, user);
      const { page } = editor;
      await page.goto(`${site.url}/wp-admin/post-new.php`);
      await blocksAreReady(page);
      await page.type('.editor-post-title__input', `Block of ${user}`);
      await page.keyboard.press('Enter');
      await page.keyboard.type('/realtime');
      await page.locator('.components-autocomplete__result').wait();
      await page.keyboard.press('Enter');
      // Typed: React does not see a long text that a driver fills in.
      await page.type('.block-editor-block-inspector textarea', JSON.stringify(TOOLS));
      await fieldOf(page, 'label', 'Ask us');
      const link = await page.evaluate(async () => {
        wp.data.dispatch('core/editor').editPost({ status: 'publish' });
        await wp.data.dispatch('core/editor').savePost();
        return wp.data.select('core/editor').getPermalink();
      });

      await page.reload();
      await blocksAreReady(page);
      const [block, ...others] = await page.evaluate(() =>
        wp.data
          .select('core/block-editor')
          .getBlocks()
          .map(({ name, isValid, attributes }) => ({ name, isValid, attributes: attributes as { label: string } })),
      );
      assert.deepEqual(
        [block?.name, block?.isValid, block?.attributes.label],
        ['realtime-voice/voice', true, 'Ask us'],
      );
      assert.deepEqual(others, []);
      assert.deepEqual(await editor.seenAt(link), { label: 'Ask us', tools: TOOLS });
      assert.deepEqual(editor.errors, []);
    });

    it(`the classic editor: ${user} types the shortcode, looks at it in Visual, and publishes it`, async () => {
      await using editor = await Editor.open(site, user);
      const { page } = editor;
      await page.goto(`${site.url}/wp-admin/post-new.php?classic-editor`);
      await page.type('#title', `Classic of ${user}`);
      await page.locator('#content-html').click();
      await page.locator('textarea#content').fill(PLAIN_SHORTCODE);
      await page.locator('#content-tmce').click();
      await until(
        'Visual shows the text',
        () => page.$eval('#content_ifr', (frame) => (frame as HTMLIFrameElement).contentDocument?.body.innerText ?? ''),
        (text) => text.includes('[/realtime_voice]'),
      );
      // WordPress saves a draft when the title is left. Meanwhile Publish does nothing, and a draft that is saved late
      // takes the page back.
      await until(
        'the draft is saved',
        () => page.$eval('.autosave-message', ({ textContent }) => textContent),
        (message) => message.startsWith('Draft saved'),
      );
      await Promise.all([page.waitForNavigation(), page.locator('#publish:not(.disabled)').click()]);
      const link = site.run(`echo get_permalink(get_posts(array('title' => 'Classic of ${user}'))[0]);`);
      assert.deepEqual(await editor.seenAt(link), { label: 'Ask us', tools: PLAIN_TOOLS });
      assert.deepEqual(editor.errors, []);
    });
  }
});

/** A tab in which somebody is logged in. */
class Editor implements AsyncDisposable {
  readonly page: Page;
  /** Uncaught errors of the page. */
  readonly errors: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    // "Leave site?"
    page.on('dialog', (dialog) => void dialog.accept());
  }

  static async open(site: WordPressSite, user: (typeof USERS)[number]): Promise<Editor> {
    const context = await (await sharedChromium()).createBrowserContext();
    const editor = new Editor(context, await context.newPage());
    const { hostname } = new URL(site.url);
    const cookies = (await site.logIn(user)).split('; ').map((cookie) => {
      const [name, ...value] = cookie.split('=');
      return { name: name!, value: value.join('='), domain: hostname };
    });
    await context.setCookie(...cookies);
    return editor;
  }

  /** The element on a page of the site, without the log-in. */
  async seenAt(link: string): Promise<{ label: string | null; tools: unknown }> {
    const response = await fetch(link);
    assert.equal(response.status, 200, link);
    const html = await response.text();
    // The page of the editor may still be on its way to the next one.
    const parser = await this.#context.newPage();
    return parser.evaluate((text) => {
      const element = new DOMParser().parseFromString(text, 'text/html').querySelector('realtime-voice')!;
      const json = element.querySelector(':scope > [slot=tools]')!.textContent;
      return { label: element.getAttribute('label'), tools: JSON.parse(json) as unknown };
    }, html);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}

async function blocksAreReady(page: Page): Promise<void> {
  await page.waitForFunction(
    () => wp?.blocks?.getBlockType('realtime-voice/voice') && wp.data.select('core/editor').getCurrentPostId(),
  );
  // It covers the editor of somebody who is new.
  await page.evaluate(() => wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false));
}

/** Fills in a field of the block's settings. */
async function fieldOf(page: Page, label: string, value: string): Promise<void> {
  const id = await page.$$eval(
    '.block-editor-block-inspector label',
    (labels, wanted) => labels.find((each) => each.textContent.trim().toLowerCase() === wanted)?.htmlFor,
    label,
  );
  assert.ok(id, `there is no field ${label}`);
  await page.locator(`#${id}`).fill(value);
}
