import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Binary {
  readonly name: string;
  readonly variable: string;
  readonly commands: readonly string[];
  readonly places: readonly string[];
  readonly debian: string;
}

const CHROMIUM: Binary = {
  name: 'Chromium',
  variable: 'CHROME_PATH',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  debian: 'chromium',
};

const FIREFOX: Binary = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  commands: ['firefox-esr', 'firefox'],
  places: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  debian: 'firefox-esr',
};

export const chromiumPath = (): string => find(CHROMIUM) ?? missing([CHROMIUM]);
export const firefoxPath = (): string => find(FIREFOX) ?? missing([FIREFOX]);

/** Makes sure that both browsers are there, before tests start which would each stumble over it. */
export function ensureBrowsers(): void {
  const absent = [CHROMIUM, FIREFOX].filter((binary) => !find(binary));
  if (absent.length === 0) return;
  if (process.getuid?.() === 0 && onPath('apt-get')) install(absent);
  const still = absent.filter((binary) => !find(binary));
  if (still.length > 0) missing(still);
}

function find({ variable, commands, places }: Binary): string | undefined {
  const named = process.env[variable];
  if (named) return named;
  return commands.map(onPath).find(Boolean) ?? places.find(executable);
}

function onPath(command: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return folders.map((folder) => join(folder, command)).find(executable);
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A fresh container has no browser and usually no font; without one, text has no width and layout tests mean nothing. */
function install(absent: readonly Binary[]): void {
  const packages = [...absent.map((binary) => binary.debian), 'fonts-dejavu-core'];
  console.error(`Installing ${packages.join(', ')} …`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
  } catch (error) {
    console.error(`apt-get failed: ${(error as Error).message}`);
  }
}

function missing(binaries: readonly Binary[]): never {
  const wanted = binaries.map(({ name, variable, debian }) => `${name} (Debian package ${debian}, or ${variable}=/path/to/it)`);
  console.error(`The tests need ${wanted.join(' and ')}: please install it.`);
  process.exit(1);
}
