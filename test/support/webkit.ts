import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { webKitPaths } from './browser-binaries.js';
import { startChild } from './child-process.js';
import { freePort } from './free-port.js';
import { WebDriver } from './webdriver.js';

const READY_MS = 20_000;

export interface WebKit {
  readonly driver: WebDriver;
  close(): Promise<void>;
}

/** Starts MiniBrowser, the small browser that comes with WebKit, on a virtual screen. Close it after use. */
export async function launchWebKit(): Promise<WebKit> {
  const { driver: command, browser, screen } = webKitPaths();
  const xvfb = start(screen, ['-displayfd', '3', '-screen', '0', '1300x1000x24', '-nolisten', 'tcp']);
  const children = [xvfb];
  try {
    const [number] = (await Promise.race([once(xvfb.stdio[3]!, 'data'), ended(xvfb)])) as [Buffer];
    const port = await freePort();
    // WebKit's sandbox does not start as root, nor in most containers.
    const environment = { DISPLAY: `:${String(number).trim()}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
    const service = start(command, [`--port=${port}`, '--host=127.0.0.1'], environment);
    children.unshift(service);
    const url = `http://127.0.0.1:${port}`;
    await Promise.race([listening(url), ended(service)]);
    const options = { binary: browser, args: ['--automation'] };
    const driver = await WebDriver.begin(url, { 'webkitgtk:browserOptions': options });
    return {
      driver,
      close: async () => {
        // The driver closes the browser.
        await driver.end().catch(() => {});
        await stop(children);
      },
    };
  } catch (error) {
    await stop(children);
    throw error;
  }
}

function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return startChild(command, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${child.spawnfile} ended (${code}) before it was ready`);
}

async function stop(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }
}

async function listening(url: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (
    !(await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > deadline) throw new Error(`WebKitWebDriver does not answer at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
