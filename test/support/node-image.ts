import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerEngine } from './container-engine.js';
import { npmInstall } from './installed-project.js';
import { writeInto } from './packed-package.js';

/** What Node's image on Docker Hub has, which cannot be reached from everywhere. */
const NODE = '22.23.5';
const NPM = '10.9.9';
/** Of the image of Debian, what npm and a shell need. */
const DEBIAN = [
  ...['base-files', 'dash', 'coreutils', 'tar', 'gzip', 'sed', 'grep', 'ca-certificates'],
  ...['libc6', 'libstdc++6', 'libgcc-s1', 'zlib1g', 'libssl3', 'libgmp10'],
  ...['libacl1', 'libattr1', 'libselinux1', 'libpcre2-8-0'],
];
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];
const USERS = 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n';
const GROUPS = 'root:x:0:\nnode:x:1000:\n';
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** Makes an image with this name out of files of this Debian and the Node and npm of the registry. */
export async function makeNodeImage(engine: ContainerEngine, name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-image-'));
  try {
    const root = join(folder, 'root');
    copyDebian(root);
    await copyNode(join(folder, 'packages'), join(root, 'usr/local'));
    writeInto(root, 'etc/passwd', USERS);
    writeInto(root, 'etc/group', GROUPS);
    mkdirSync(join(root, 'home/node'));
    const archive = join(folder, 'root.tar');
    execFileSync('tar', ['--create', '--file', archive, '--directory', root, '--owner=0', '--group=0', '.']);
    engine.run('import', '--quiet', archive, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Its shell, its commands and its libraries, in the folders of a Debian whose /bin is a link to /usr/bin. */
function copyDebian(root: string): void {
  for (const name of MERGED) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
  const files = execFileSync('dpkg', ['--listfiles', ...DEBIAN], { encoding: 'utf8' })
    .split('\n')
    .filter(isNeeded);
  const list = writeInto(join(root, '..'), 'files', files.join('\n'));
  const archive = join(root, '../debian.tar');
  const options = ['--no-recursion', '--files-from', list, '--ignore-failed-read'];
  execFileSync('tar', ['--create', '--file', archive, ...options], { stdio: 'pipe' });
  execFileSync('tar', ['--extract', '--file', archive, '--directory', root, '--keep-directory-symlink']);
  cpSync(CERTIFICATES, join(root, CERTIFICATES));
}

const isNeeded = (file: string): boolean =>
  file.startsWith('/') && !/^\/(\.|usr\/share\/(doc|man|locale|info|lintian))/.test(file);

async function copyNode(packages: string, local: string): Promise<void> {
  const program = `node-${process.platform}-${process.arch}`;
  writeInto(packages, 'package.json', '{ "private": true }');
  await npmInstall(packages, `${program}@${NODE}`, `npm@${NPM}`);
  const modules = join(packages, 'node_modules');
  mkdirSync(join(local, 'bin'), { recursive: true });
  cpSync(join(modules, program, 'bin/node'), join(local, 'bin/node'));
  cpSync(join(modules, 'npm'), join(local, 'lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  // As npm is set up here.
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  writeInto(local, 'etc/npmrc', `registry=${registry}\ncafile=${CERTIFICATES}\n`);
}
