import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebian } from './debian-packages.js';

interface Binary {
  readonly name: string;
  readonly variable: string;
  readonly commands: readonly string[];
  /** Paths to look at when no command is found; `*` stands for any folder name. */
  readonly places: readonly string[];
  readonly debian: string;
}

const CHROMIUM: Binary = {
  name: 'Chromium',
  variable: 'CHROME_PATH',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  debian: 'chromium',
};

const FIREFOX: Binary = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  commands: ['firefox-esr', 'firefox'],
  places: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  debian: 'firefox-esr',
};

/** WebKit needs three programs: a driver, the browser that comes with it, and a virtual screen for its window. */
const WEBKIT: readonly Binary[] = [
  {
    name: 'WebKitWebDriver',
    variable: 'WEBKIT_DRIVER_PATH',
    commands: ['WebKitWebDriver'],
    places: [],
    debian: 'webkit2gtk-driver',
  },
  {
    name: 'MiniBrowser',
    variable: 'WEBKIT_PATH',
    commands: [],
    // Debian's path contains the processor architecture, Fedora's does not.
    places: ['/usr/lib/*/webkit*/MiniBrowser', '/usr/libexec/webkit*/MiniBrowser'],
    debian: 'webkit2gtk-driver',
  },
  { name: 'Xvfb', variable: 'XVFB_PATH', commands: ['Xvfb'], places: [], debian: 'xvfb' },
];

const REDIS: Binary = {
  name: 'redis-server',
  variable: 'REDIS_SERVER_PATH',
  commands: ['redis-server'],
  places: [],
  debian: 'redis-server',
};

export const chromiumPath = (): string => find(CHROMIUM) ?? missing([CHROMIUM]);
export const firefoxPath = (): string => find(FIREFOX) ?? missing([FIREFOX]);

/** @returns the names of the programs that are missing; empty if WebKit can be tested */
export const webKitLacks = (): string =>
  WEBKIT.filter((binary) => !find(binary))
    .map(({ name }) => name)
    .join(' and ');

export function webKitPaths(): { driver: string; browser: string; screen: string } {
  const [driver, browser, screen] = WEBKIT.map((binary) => find(binary) ?? missing([binary]));
  return { driver: driver!, browser: browser!, screen: screen! };
}

/** Installs the browsers if they are missing, or exits: otherwise every test would fail for the same reason. */
export function ensureBrowsers(): void {
  ensure([CHROMIUM, FIREFOX]);
}

export function ensureWebKit(): void {
  ensure(WEBKIT);
}

export function ensureRedis(): void {
  ensure([REDIS]);
}

/** Undefined if Redis is not installed. */
export const redisPath = (): string | undefined => find(REDIS);

function ensure(wanted: readonly Binary[]): void {
  const absent = wanted.filter((binary) => !find(binary));
  if (absent.length === 0) return;
  install(absent);
  const still = absent.filter((binary) => !find(binary));
  if (still.length > 0) missing(still);
}

function find({ variable, commands, places }: Binary): string | undefined {
  const named = process.env[variable];
  if (named) return named;
  return commands.map(onPath).find(Boolean) ?? places.flatMap(matching).find(executable);
}

function onPath(command: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return folders.map((folder) => join(folder, command)).find(executable);
}

/** The paths that match a pattern. Node 20 has no globs. */
function matching(pattern: string): string[] {
  const step = (folders: string[], part: string): string[] => {
    if (!part.includes('*')) return folders.map((folder) => join(folder, part));
    const name = new RegExp(`^${part.replaceAll('*', '.*')}$`);
    return folders.flatMap((folder) =>
      entries(folder)
        .filter((entry) => name.test(entry))
        .map((entry) => join(folder, entry)),
    );
  };
  return pattern.split('/').slice(1).reduce(step, ['/']);
}

/** The names in a folder; none if it is not a folder. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A fresh container has no browser, and usually no font: without one, text has no width and layout tests fail. */
function install(absent: readonly Binary[]): void {
  installDebian([...new Set(absent.map((binary) => binary.debian)), 'fonts-dejavu-core']);
}

function missing(binaries: readonly Binary[]): never {
  const wanted = binaries.map(
    ({ name, variable, debian }) => `${name} (Debian package ${debian}, or ${variable}=/path/to/it)`,
  );
  console.error(`The tests need ${wanted.join(' and ')}: please install it.`);
  process.exit(1);
}
