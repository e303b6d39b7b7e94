import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly steps: readonly Step[];
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes': number;
}
const jobsOf = (name: string): Readonly<Record<string, Job>> =>
  (parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as { jobs: Record<string, Job> }).jobs;
const commandsOf = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

describe('the workflows', () => {
  for (const name of ['ci', 'release']) {
    it(`${name} runs all tests, and leaves them an hour and a half`, () => {
      const { test } = jobsOf(name);
      assert.equal(commandsOf(test!).at(-1), '.ci/run');
      assert.equal(test!['timeout-minutes'], 90);
    });
  }

  it('release publishes the tested version only, built from the lock file, with its provenance', () => {
    const { publish } = jobsOf('release');
    assert.equal(publish!.needs, 'test');
    assert.equal(publish!.permissions!['id-token'], 'write');
    const [tag, ...commands] = commandsOf(publish!);
    assert.match(tag!, /^test "\$GITHUB_REF_NAME" = "v\$\(node -p .*version.*\)"$/);
    assert.deepEqual(commands, ['npm ci', 'npm run build', 'npm publish --provenance --access public']);
  });
});
