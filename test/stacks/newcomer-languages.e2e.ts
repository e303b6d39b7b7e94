import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { freePort } from '../support/free-port.js';
import { GO, PHP, PYTHON, RUBY, withProgram, type LanguageProgram } from '../support/language-programs.js';
import { PackedPackage } from '../support/packed-package.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { assertAnswers } from './stack-page.js';

const PAGE = readFileSync('docs/start/other-languages.md', 'utf8');
const LANGUAGES: readonly (readonly [program: LanguageProgram, recipe: string, place: string, tokenUrl?: string])[] = [
  [PHP, 'voice-token.php', 'public/voice-token.php', '/voice-token.php'],
  [PYTHON, 'voice_token.py', 'voice_token.py'],
  [RUBY, 'voice_token.ru', 'voice_token.ru'],
  [GO, 'voice_token.go', 'voice_token.go'],
];

describe('a newcomer who does what the page says talks in Chromium with', () => {
  let practice: PracticeProcess;
  let project: PackedPackage;
  let site: ServerProcess | undefined;
  before(async () => {
    practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
    project = new PackedPackage();
    const script = project.path('node_modules/realtime-voice/dist/realtime-voice.min.js');
    project.write('public/realtime-voice.min.js', readFileSync(script, 'utf8'));
  });
  afterEach(() => site?.stop());
  after(async () => {
    project?.remove();
    await practice?.stop();
  });

  for (const [language, recipe, place, tokenUrl = '/api/voice-token'] of LANGUAGES) {
    it(
      language.name,
      withProgram(language, async () => {
        const html = /^```html\n([^]*?)^```$/m.exec(PAGE)![1]!;
        project.write('public/index.html', html.replace('/api/voice-token', tokenUrl));
        copyFileSync(`demo/recipes/${recipe}`, project.path(place));
        const port = String(await freePort());
        const url = `http://127.0.0.1:${port}`;
        const [program, ...run] = commandOf(language).replace('3000', port).split(' ');
        assert.ok(language.path.endsWith(program!));
        site = await startServer({
          name: language.name,
          program: language.path,
          run,
          cwd: project.folder,
          env: { PORT: port, OPENAI_API_KEY: 'any', OPENAI_BASE_URL: practice.url, VOICE_ORIGINS: url },
          // Go compiles its library first.
          limitMs: 90_000,
          address: (line) => (line.includes(port) ? url : undefined),
        });
        await assertAnswers(await sharedChromium(), url);
      }),
    );
  }
});

/** The command in the table of the page. */
function commandOf({ name }: LanguageProgram): string {
  return new RegExp(`^\\| ${name.split(' ')[0]} +\\| \`([^\`]+)\``, 'm').exec(PAGE)![1]!;
}
