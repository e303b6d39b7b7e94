import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { GO, PHP, PYTHON, RUBY, type LanguageProgram } from '../support/language-programs.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

export const FOLDER = 'demo/recipes';
export const SITE = 'https://shop.example';
export const KEY = 'sk-the-key-of-the-site';

export interface Recipe {
  readonly file: string;
  readonly language: LanguageProgram;
  /** The program and its arguments; `folder` is for what it writes. */
  readonly command: (folder: string) => readonly [program: string, ...run: string[]];
  /** Reads the address from a line of the output. */
  readonly address?: RegExp;
}

export const RECIPES: readonly Recipe[] = [
  {
    file: 'voice-token.php',
    language: PHP,
    command: () => [PHP.path, '-S', '127.0.0.1:0', `${FOLDER}/voice-token.php`],
    address: /\((http:\S+)\) started/,
  },
  { file: 'voice_token.py', language: PYTHON, command: () => [PYTHON.path, `${FOLDER}/voice_token.py`] },
  {
    file: 'voice_token.ru',
    language: RUBY,
    command: () => [RUBY.path, '--server', 'webrick', '--host', '127.0.0.1', '--port', '0', `${FOLDER}/voice_token.ru`],
    address: /WEBrick::HTTPServer#start:.* port=(\d+)/,
  },
  {
    file: 'voice_token.go',
    language: GO,
    command: (folder) => {
      const program = join(folder, 'voice-token');
      execFileSync(GO.path, ['build', '-o', program, `${FOLDER}/voice_token.go`]);
      return [program];
    },
  },
];

export interface Seen {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly code: string | undefined;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The visitor's address. */
  readonly from?: string;
}

/** What a recipe runs in. */
export interface Surroundings {
  readonly service: string;
  /** For what it writes. */
  readonly folder: string;
  /** Other variables than usual. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a recipe, whose page is SITE, in front of a service. */
export function startRecipe(
  { file, command, address = /^(http:\S+)/ }: Recipe,
  { service, folder, env }: Surroundings,
): Promise<ServerProcess> {
  const [program, ...run] = command(folder);
  return startServer({
    name: file,
    program,
    run,
    env: {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: service,
      VOICE_ORIGINS: `https://other.example, ${SITE}`,
      PORT: '0',
      TMPDIR: folder,
      ...env,
    },
    address: (line) => address.exec(line)?.[1]?.replace(/^(\d+)$/, 'http://127.0.0.1:$1'),
  });
}

/** A request as a browser sends it from a page of the site, unless told otherwise. */
export async function ask(
  url: string,
  { method = 'POST', headers = {}, from = '127.0.0.1' }: Asked = {},
): Promise<Seen> {
  const all = { origin: SITE, 'content-type': 'application/json', ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const asking = send(`${url}/api/voice-token`, { method, headers: sent, localAddress: from, agent: false });
  const [response] = (await once(asking.end(method === 'POST' ? '{}' : undefined), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const code = text.startsWith('{"error"') ? (JSON.parse(text) as { error: { code: string } }).error.code : undefined;
  return { status: response.statusCode!, headers: response.headers, text, code };
}
