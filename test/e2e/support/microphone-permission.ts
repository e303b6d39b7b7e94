import type { Browser } from 'puppeteer-core';
import type { Permission } from '../../support/browsers.js';

/**
 * What Chromium remembers for one origin, as the visitor may have set it beside the address; it counts at once. The
 * session stays open until the browser ends: its settings would end with it.
 */
export async function setMicrophonePermission(browser: Browser, origin: string, setting: Permission): Promise<void> {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin });
}
