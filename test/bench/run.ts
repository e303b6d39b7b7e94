import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** `npm run bench [name] [options]`: runs the measurements in this folder, or one of them, with these options. */
const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'));
const [first = '', ...rest] = process.argv.slice(2);
const named = first.startsWith('-') ? [] : all.filter((file) => first && file.includes(first));
if (first && !first.startsWith('-') && named.length === 0) {
  console.error(`No measurement is called ${first}. There is: ${all.join(', ')}`);
  process.exit(1);
}
const args = named.length > 0 ? rest : process.argv.slice(2);
for (const file of named.length > 0 ? named : all) {
  console.log(`\n${file}`);
  const command = ['--import', 'tsx', `${import.meta.dirname}/${file}`, ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
