import { launch, type Browser, type LaunchOptions } from 'puppeteer-core';
import { chromiumPath, firefoxPath } from './browser-binaries.js';

export type Permission = 'granted' | 'denied' | 'prompt';

export interface BrowserOptions {
  /**
   * How the browser answers when the page asks for the microphone; default `granted`. With `prompt` the question stays
   * open in Firefox, and Chromium behaves as if the visitor had closed it.
   */
  permission?: Permission;
  /** A machine without any microphone. */
  noDevice?: boolean;
  /** `gesture` keeps the browser's default policy: sound only after a click. Default `allow`. */
  autoplay?: 'allow' | 'gesture';
  /** The folder for downloads, which then start without a question. */
  downloads?: string;
}

export interface ChromiumOptions extends BrowserOptions {
  /** The WAV file that the microphone plays (see `speechWav`); by default it beeps once a second. */
  wav?: string;
  /** Play the file again and again; by default silence follows it. */
  loop?: boolean;
  /** Keep pages in the back/forward cache, which puppeteer turns off. */
  backForwardCache?: boolean;
  args?: readonly string[];
}

/** Host names that resolve to this machine, for pages of other sites and of insecure origins. */
export const TEST_HOSTS = ['site.test', 'other.test', 'insecure.test'];

/** A Chromium with a profile of its own and a fake microphone. Close it after use. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const browser = await launch({
    executablePath: chromiumPath(),
    args: chromiumArguments(options),
    ...(options.backForwardCache && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    ...quiet,
  });
  await setPermission(browser, options.permission ?? 'granted');
  if (options.downloads) {
    const session = await browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: options.downloads });
  }
  return browser;
}

export function chromiumArguments(options: ChromiumOptions = {}): string[] {
  const { permission = 'granted', noDevice, autoplay = 'allow', wav, loop, args = [] } = options;
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
    // Test machines have no GPU, and the software replacement is slow to start.
    '--disable-gpu',
    '--disable-extensions',
    '--disable-features=MediaRouter,OptimizationHints,SpareRendererForSitePerProcess,Translate',
    '--no-first-run',
    // Without a GPU an animation costs as much processor time as a call, and no test looks at animations.
    '--force-prefers-reduced-motion',
    `--host-resolver-rules=${TEST_HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
    ...(noDevice ? [] : ['--use-fake-device-for-media-stream']),
    ...(permission === 'granted' ? ['--use-fake-ui-for-media-stream'] : []),
    ...(autoplay === 'allow' ? ['--autoplay-policy=no-user-gesture-required'] : []),
    ...(wav ? [`--use-file-for-fake-audio-capture=${wav}${loop ? '' : '%noloop'}`] : []),
    ...args,
  ];
}

/** A Firefox with a profile of its own and a fake microphone, which hums. Its AudioContext needs a sound card. */
export function launchFirefox(options: BrowserOptions = {}): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    extraPrefsFirefox: firefoxPreferences(options),
    ...quiet,
  });
}

export function firefoxPreferences(options: BrowserOptions = {}): Record<string, unknown> {
  const { permission = 'granted', noDevice, autoplay = 'allow', downloads } = options;
  return {
    ...(downloads && { 'browser.download.folderList': 2, 'browser.download.dir': downloads }),
    'media.navigator.streams.fake': !noDevice,
    'media.navigator.permission.disabled': permission === 'granted',
    'permissions.default.microphone': permission === 'denied' ? 2 : 0,
    'media.autoplay.default': autoplay === 'allow' ? 0 : 1,
    'network.dns.localDomains': TEST_HOSTS.join(','),
    'ui.prefersReducedMotion': 1,
    'layout.frame_rate': 20,
    // Each additional process takes a second to start.
    'fission.autostart': false,
    'dom.ipc.processCount': 1,
    'dom.ipc.processPrelaunch.enabled': false,
    'browser.tabs.remote.separatePrivilegedContentProcess': false,
    'media.rdd-process.enabled': false,
    'media.utility-process.enabled': false,
    'browser.newtabpage.enabled': false,
    'app.update.disabledForTesting': true,
    'datareporting.policy.dataSubmissionEnabled': false,
  };
}

const quiet: LaunchOptions = { headless: true, timeout: 60_000, protocolTimeout: 60_000 };

/**
 * Sets the microphone permission, as if remembered from an earlier visit, for one origin or for all. It can be changed
 * during a call. Chromium only. The DevTools session stays open, because the setting ends with it.
 */
export async function setPermission(browser: Browser, setting: Permission, origin?: string): Promise<void> {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin });
}
