import type { Browser, Page } from 'puppeteer-core';

const turns = new WeakMap<Browser, Promise<unknown>>();

export function openTab(browser: Browser): Promise<Page> {
  return inTurn(browser, () => browser.newPage());
}

export async function closeTab(page: Page): Promise<void> {
  if (!page.isClosed()) await inTurn(page.browser(), () => page.close());
}

/** Firefox loses a tenth of the tabs that open while others open or close. */
function inTurn<T>(browser: Browser, act: () => Promise<T>): Promise<T> {
  const turn = (turns.get(browser) ?? Promise.resolve()).then(act);
  turns.set(
    browser,
    turn.catch(() => {}),
  );
  return turn;
}
