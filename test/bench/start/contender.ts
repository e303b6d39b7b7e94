import { build } from 'esbuild';

/**
 * What the visitor does before the click. `press`: the pointer comes and goes down at once, as a finger does. `key`:
 * Enter. `rest`: the pointer rests on the button until the client secret is there. `wait`: it rests until the call is
 * ready apart from the microphone.
 */
export type Approach = 'press' | 'key' | 'rest' | 'wait';

/** One way to start a call. */
export interface Contender {
  /** Its address on the site. */
  readonly name: string;
  readonly title: string;
  readonly html: string;
  /** Makes the script of the page; without it, the page loads the element's drop-in file. */
  readonly script?: () => Promise<string>;
  /** What the visitor clicks. */
  readonly button: string;
  readonly approach: Approach;
  /** It is this element. */
  readonly ours?: boolean;
}

const BUTTON = { html: '<button>Start</button>', button: 'button', approach: 'press' } as const;

const element = (name: string, title: string, approach: Approach, attributes = ''): Contender => ({
  name,
  title,
  html: `<realtime-voice token-url="/token"${attributes}></realtime-voice>`,
  button: 'realtime-voice >>> [part~="start-button"]',
  approach,
  ours: true,
});

/** The first one is what the others are compared with. */
export const CONTENDERS: readonly Contender[] = [
  { name: 'snippet', title: "plain page of OpenAI's guide", script: page('snippet'), ...BUTTON },
  { name: 'official', title: '@openai/agents-realtime', script: page('official-client'), ...BUTTON },
  {
    name: 'deep-chat',
    title: 'deep-chat',
    html: '<deep-chat></deep-chat>',
    script: page('deep-chat'),
    button: 'deep-chat >>> .deep-chat-openai-realtime-toggle',
    approach: 'press',
  },
  { name: 'ideal', title: 'ideal page, written by hand', script: page('ideal'), ...BUTTON },
  element('element-key', 'this element, by key', 'key'),
  element('element-press', 'this element, by press', 'press'),
  element('element-warmed', 'this element, pointer at rest', 'rest'),
  element('element-preconnected', 'this element, preconnect', 'wait', ' preconnect'),
];

function page(name: string): () => Promise<string> {
  return async () => {
    const { outputFiles } = await build({
      entryPoints: [`test/bench/start/contenders/${name}.ts`],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
    });
    return outputFiles[0]!.text;
  };
}
