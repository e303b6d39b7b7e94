/** WebDriver's codes of keys, by `KeyboardEvent.key`: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
};
const LIMIT_MS = 30_000;

interface Answer {
  readonly value: unknown;
}

/** Drives a browser by the W3C WebDriver protocol, JSON over HTTP. It has the commands that the tests need. */
export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  static async begin(driverUrl: string, alwaysMatch: object): Promise<WebDriver> {
    const { sessionId } = (await ask('POST', `${driverUrl}/session`, { capabilities: { alwaysMatch } })) as {
      sessionId: string;
    };
    return new WebDriver(`${driverUrl}/session/${sessionId}`);
  }

  async goTo(url: string): Promise<void> {
    await this.#do('url', { url });
  }

  async reload(): Promise<void> {
    await this.#do('refresh', {});
  }

  /** Switches to the frame with this index, or back to the page. */
  async enterFrame(id: number | null = null): Promise<void> {
    await this.#do('frame', { id });
  }

  /** Sets the size of the window, in pixels, including its borders and toolbars. */
  async resize(width: number, height: number): Promise<void> {
    await this.#do('window/rect', { width, height });
  }

  /**
   * Runs a function, or the text of an expression, in the page and awaits its result. A function must not refer to
   * anything outside itself.
   */
  async evaluate<Args extends unknown[], Result>(
    act: string | ((...args: Args) => Result),
    ...args: Args
  ): Promise<Awaited<Result>> {
    const expression = typeof act === 'string' ? act : `(${act})(...args)`;
    // esbuild, which compiles the tests, calls a helper `__name`, which the page does not have.
    const script = `const args = [...arguments], done = args.pop(); globalThis.__name ??= (it) => it;
(async () => ${expression})().then(
  (value) => done({ value }),
  (error) => done({ thrown: String(error) + '\\n' + error?.stack }),
);`;
    const { value, thrown } = (await this.#do('execute/async', { script, args })) as {
      value: Awaited<Result>;
      thrown?: string;
    };
    if (thrown !== undefined) throw new Error(thrown);
    return value;
  }

  /** Presses keys one after the other, each written as `Tab` or `Shift+Tab`, and releases them. */
  async press(...chords: string[]): Promise<void> {
    const actions = chords.flatMap((chord) => {
      const keys = chord.split('+').map((key) => KEYS[key] ?? key);
      const move = (type: string) => (value: string) => ({ type, value });
      return [...keys.map(move('keyDown')), ...keys.toReversed().map(move('keyUp'))];
    });
    await this.#do('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async type(text: string): Promise<void> {
    await this.press(...text);
  }

  /** Clicks with the mouse at a position in the page, in pixels. */
  async click(x: number, y: number): Promise<void> {
    const actions = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#do('actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  /** A screenshot of the visible page, as PNG. */
  async picture(): Promise<Buffer> {
    return Buffer.from((await ask('GET', `${this.#session}/screenshot`)) as string, 'base64');
  }

  async end(): Promise<void> {
    await ask('DELETE', this.#session);
  }

  #do(command: string, body: object): Promise<unknown> {
    return ask('POST', `${this.#session}/${command}`, body);
  }
}

async function ask(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(LIMIT_MS),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as Answer;
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${new URL(url).pathname.split('/').slice(3).join('/')}: ${error}: ${message}`);
}
