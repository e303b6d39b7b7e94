import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePlugin } from '../../../demo/embeds/wordpress/package.js';
import { startServer, type ServerProcess } from '../../support/server-process.js';
import { WORDPRESS } from '../../support/wordpress-programs.js';

const HERE = 'test/embeds/wordpress';
/** How many servers share the database. PHP's own server answers one request after the other. */
const SERVERS = 3;

export interface WordPressOptions {
  /** A folder beside this file; default: a theme of blocks. */
  readonly theme?: string;
  /** Makes a network with a second site at `/second/`, where the plugin is active too (“multisite”). */
  readonly network?: boolean;
  /** Adds a persistent object cache, as a site with Redis or Memcached has one. */
  readonly objectCache?: boolean;
}

/** A real WordPress on this machine, with the plugin and a database of its own. */
export class WordPressSite implements AsyncDisposable {
  readonly #folder: string;
  readonly #processes: readonly ServerProcess[];
  /** The same site; the first is its public address. */
  readonly servers: readonly string[];
  readonly #texts: string[] = [];

  private constructor(folder: string, processes: readonly ServerProcess[], servers: readonly string[]) {
    this.#folder = folder;
    this.#processes = processes;
    this.servers = servers;
  }

  static async open(
    posts: Readonly<Record<string, string>>,
    { theme, network = false, objectCache = false }: WordPressOptions = {},
  ): Promise<WordPressSite> {
    const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-wordpress-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const root = join(folder, 'site');
    // Debian's files are partly links into other packages, and WordPress follows links to find its own folder.
    execFileSync('cp', ['-rL', WORDPRESS.core, root]);
    packagePlugin(join(root, 'wp-content/plugins'));
    mkdirSync(join(root, 'wp-content/mu-plugins'), { recursive: true });
    cpSync(join(HERE, 'test-tools.php'), join(root, 'wp-content/mu-plugins/test-tools.php'));
    const processes = [await startDatabase(folder)];
    for (let index = 0; index < SERVERS; index++) processes.push(await startPhp(root));
    const servers = processes.slice(1).map(({ url }) => url);
    writeFileSync(join(root, 'wp-config.php'), config(join(folder, 'socket'), servers[0]!));
    writeFileSync(join(folder, 'posts.json'), JSON.stringify(posts));
    const site = new WordPressSite(folder, processes, servers);
    site.setMinute(0);
    if (theme) cpSync(join(HERE, theme), join(root, 'wp-content/themes', theme), { recursive: true });
    execFileSync(WORDPRESS.php, [join(HERE, 'setup.php'), root, join(folder, 'posts.json')], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    if (theme) site.run(`switch_theme('${theme}');`);
    if (network) site.#makeNetwork(join(folder, 'socket'));
    if (objectCache) cpSync(join(HERE, 'object-cache.php'), join(root, 'wp-content/object-cache.php'));
    return site;
  }

  #makeNetwork(socket: string): void {
    const root = join(this.#folder, 'site');
    const { host } = new URL(this.url);
    execFileSync(WORDPRESS.php, [join(HERE, 'network.php'), root, host], { stdio: 'pipe' });
    writeFileSync(join(root, 'wp-config.php'), config(socket, this.url, host));
    // It takes the colon before the port away.
    this.run(`wpmu_create_blog('${host}', '/second/', 'Second', 1);
      $wpdb->update($wpdb->blogs, array('domain' => '${host}'), array('blog_id' => 2));
      foreach (array('siteurl', 'home') as $name) update_blog_option(2, $name, '${this.url}/second');`);
    this.run(`require_once ABSPATH . 'wp-admin/includes/plugin.php';
      activate_plugin('realtime-voice/realtime-voice.php', '', true);`);
  }

  get url(): string {
    return this.servers[0]!;
  }

  /** All responses so far that went through `fetch` or `saw`. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  saw(text: string): void {
    this.#texts.push(text);
  }

  /** Another minute of the rate limit, which then has 20 seconds left. */
  setMinute(minute: number): void {
    writeFileSync(join(this.#folder, 'site/wp-content/mu-plugins/clock.txt'), String(1_800_000_000 + minute * 60 + 40));
  }

  /** The warnings and notices of PHP about the plugin. */
  get warnings(): string {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8') : '';
  }

  get #log(): string {
    return join(this.#folder, 'site/wp-content/mu-plugins/warnings.txt');
  }

  /** Writes a file that the server gives out without WordPress, as a page cache does. */
  writeStatic(path: string, text: string): void {
    mkdirSync(join(this.#folder, 'site', path), { recursive: true });
    writeFileSync(join(this.#folder, 'site', path, 'index.html'), text);
  }

  /** Runs PHP in WordPress and returns what it prints. */
  run(code: string): string {
    const host = `$_SERVER['HTTP_HOST'] = '${new URL(this.url).host}'; $_SERVER['REQUEST_URI'] = '/';`;
    const program = `${host} require '${this.#folder}/site/wp-load.php'; ${code}`;
    return execFileSync(WORDPRESS.php, ['-d', 'display_errors=stderr', '-r', program], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  async fetch(path: string, init: RequestInit = {}, server = this.url): Promise<{ response: Response; text: string }> {
    const response = await fetch(server + path, { redirect: 'manual', ...init });
    const text = await response.text();
    this.saw(`${[...response.headers].join('\n')}\n${text}`);
    return { response, text };
  }

  /** Logs in, and returns the cookies. */
  async logIn(user: 'admin' | 'author'): Promise<string> {
    const body = new URLSearchParams({ log: user, pwd: `${user}-password`, testcookie: '1' });
    const headers = { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' };
    const { response } = await this.fetch('/wp-login.php', { method: 'POST', body, headers });
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .join('; ');
  }

  async close(): Promise<void> {
    for (const process of [...this.#processes].reverse()) await process.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** MariaDB, which listens on a socket in the folder only. */
async function startDatabase(folder: string): Promise<ServerProcess> {
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  const common = ['--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  const fresh = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync(WORDPRESS.databaseFiles, [...common, ...fresh], { stdio: 'ignore' });
  const create = join(folder, 'create.sql');
  writeFileSync(create, 'CREATE DATABASE wordpress CHARACTER SET utf8mb4;\n');
  return startServer({
    name: 'MariaDB',
    program: WORDPRESS.database,
    run: [...common, `--socket=${socket}`, `--init-file=${create}`, '--skip-networking', `--pid-file=${folder}/pid`],
    address: (line) => (line.includes('ready for connections') ? socket : undefined),
  });
}

function startPhp(root: string): Promise<ServerProcess> {
  return startServer({
    name: "PHP's server",
    program: WORDPRESS.php,
    run: ['-S', '127.0.0.1:0', '-t', root, join(HERE, 'router.php')],
    address: (line) => /\((http:\S+)\) started/.exec(line)?.[1],
  });
}

/** @param network the host of a network of sites */
function config(socket: string, url: string, network?: string): string {
  const constants = {
    DB_NAME: 'wordpress',
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${socket}`,
    DB_CHARSET: 'utf8mb4',
    ...(network
      ? { MULTISITE: true, SUBDOMAIN_INSTALL: false, DOMAIN_CURRENT_SITE: network, PATH_CURRENT_SITE: '/' }
      : { WP_HOME: url, WP_SITEURL: url }),
    // It would make requests of its own.
    DISABLE_WP_CRON: true,
    WP_HTTP_BLOCK_EXTERNAL: true,
    WP_ACCESSIBLE_HOSTS: '127.0.0.1',
    AUTOMATIC_UPDATER_DISABLED: true,
    AUTH_KEY: 'a',
    SECURE_AUTH_KEY: 'b',
    LOGGED_IN_KEY: 'c',
    NONCE_KEY: 'd',
    AUTH_SALT: 'e',
    SECURE_AUTH_SALT: 'f',
    LOGGED_IN_SALT: 'g',
    NONCE_SALT: 'h',
  };
  const lines = Object.entries(constants).map(([name, value]) => `define( '${name}', ${JSON.stringify(value)} );`);
  return ['<?php', ...lines, "$table_prefix = 'wp_';", "require_once __DIR__ . '/wp-settings.php';", ''].join('\n');
}
