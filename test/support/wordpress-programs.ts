import { existsSync } from 'node:fs';
import { installDebian } from './debian-packages.js';

/** Where Debian and Ubuntu put what the test of the WordPress plugin needs. */
export const WORDPRESS = {
  php: '/usr/bin/php',
  core: '/usr/share/wordpress',
  theme: '/usr/share/wordpress/wp-content/themes/twentytwentythree',
  database: '/usr/sbin/mariadbd',
  databaseFiles: '/usr/bin/mariadb-install-db',
} as const;

const PACKAGES = ['wordpress', 'wordpress-theme-twentytwentythree', 'php-cli', 'php-mysql', 'mariadb-server-core'];

/** @returns the paths that are missing; empty if WordPress can be tested */
export const wordPressLacks = (): string =>
  Object.values(WORDPRESS)
    .filter((path) => !existsSync(path))
    .join(', ');

/** Installs WordPress, PHP and MariaDB if they are missing, or exits. */
export function ensureWordPress(): void {
  if (!wordPressLacks()) return;
  installDebian(PACKAGES);
  const missing = wordPressLacks();
  if (!missing) return;
  console.error(`The test of the WordPress plugin needs ${missing} (Debian packages ${PACKAGES.join(', ')}).`);
  process.exit(1);
}
