import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const SOURCE = 'demo/embeds/wordpress/realtime-voice';

/** Puts the plugin together in `<folder>/realtime-voice`: its PHP, the built element, and the hash of each script. */
export function packagePlugin(folder: string): string {
  const plugin = join(folder, 'realtime-voice');
  const assets = join(plugin, 'assets');
  rmSync(plugin, { recursive: true, force: true });
  cpSync(SOURCE, plugin, { recursive: true });
  mkdirSync(join(assets, 'locales'), { recursive: true });
  cpSync('LICENSE', join(plugin, 'LICENSE'));
  cpSync('dist/LICENSE.lit.txt', join(assets, 'LICENSE.lit.txt'));

  const locales = readdirSync('dist/locales').filter((file) => file.endsWith('.min.js'));
  const scripts = ['realtime-voice.min.js', ...locales.map((file) => `locales/${file}`)];
  const hashes = scripts.map((file) => {
    const body = readFileSync(join('dist', file));
    writeFileSync(join(assets, file), body);
    return [file, `sha384-${createHash('sha384').update(body).digest('base64')}`] as const;
  });
  const published = readFileSync('dist/realtime-voice.min.js.sri', 'utf8').trim();
  if (hashes[0]![1] !== published) throw new Error('dist/realtime-voice.min.js.sri is out of date: npm run build');
  const lines = hashes.map(([file, hash]) => `\t'${file}' => '${hash}',\n`);
  writeFileSync(join(assets, 'integrity.php'), `<?php\nreturn array(\n${lines.join('')});\n`);
  return plugin;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const folder = resolve(process.argv[2] ?? tmpdir());
  const plugin = packagePlugin(folder);
  const zip = `${plugin}.zip`;
  if (existsSync(zip)) rmSync(zip);
  try {
    execFileSync('zip', ['-qr', zip, 'realtime-voice'], { cwd: folder });
    console.log(`Written: ${zip}`);
  } catch {
    console.log(`Written: ${plugin}\nThe program zip is missing: pack this folder yourself.`);
  }
}
