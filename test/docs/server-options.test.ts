import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { membersOf } from '../../docs/.vitepress/declarations.js';

/** Where each table of options is, and the interface that it describes. */
const TABLES = [
  ['docs/server/options.md', 'option ', 'src/server/options.ts', 'HandlerOptions'],
  ['docs/server/several-machines.md', 'option of', 'src/server-redis/redis-limiter.ts', 'RedisLimiterOptions'],
  ['docs/server/captcha.md', 'field', 'src/server/human-check.ts', 'HumanCheckOptions'],
  ['docs/server/call-guard.md', 'option of', 'src/server/guard/call-guard.ts', 'CallGuardOptions'],
] as const;
/** These options are inherited by name from `HandlerOptions`. */
const OF_THE_HANDLER = ['apiKey', 'session', 'presets', 'baseUrl', 'maxSessionSeconds'];

describe('the tables of the server options have every option, and no other:', () => {
  for (const [page, head, file, name] of TABLES) {
    it(`${name} in ${page}`, () => {
      const [, table = ''] = readFileSync(page, 'utf8').split(new RegExp(`^\\| ${head}.*\\n\\|[ -|]*\\n`, 'm'));
      const [rows = ''] = table.split('\n\n');
      const cells = rows.split('\n').map((row) => row.split('|')[1]!);
      const described = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)[^`]*`/g)].map(([, option]) => option!));
      const inherited = name === 'CallGuardOptions' ? OF_THE_HANDLER : [];
      assert.deepEqual(described.sort(), [...membersOf(file, name), ...inherited].sort());
    });
  }
});
