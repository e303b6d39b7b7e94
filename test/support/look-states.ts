import { CLOSED, INVITATIONS, NOT_IN_PILL, type Scene } from './invitations.js';
import type { Dress } from './look-dresses.js';
import { TROUBLES } from './look-troubles.js';

/** What leads to each state. Each function runs in the page and must not refer to anything outside itself. */
export const STATES: Readonly<Record<string, (scene: Scene) => unknown>> = {
  idle: () => {},
  ...INVITATIONS,
  ...TROUBLES,
  'asking for the microphone': ({ element }) => void element.start(),
  connecting: ({ element, session }) => {
    void element.start();
    session.microphone = 'on';
    session.changed();
  },
  listening: ({ call, session }) => {
    call();
    session.inputLevel = 0.75;
    session.say({ id: '1', text: 'Do you still have the blue' });
  },
  thinking: ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.to('thinking');
    session.runningTools = ['check_stock'];
    session.changed();
  },
  speaking: ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store, and delivery' });
    session.to('speaking');
    session.outputLevel = 0.9;
  },
  muted: ({ call, element, session }) => {
    call();
    element.muted = true;
    session.warn('muted-speech');
  },
  'push-to-talk': ({ call, element }) => {
    element.pushToTalk = true;
    call();
  },
  dictation: ({ call, session }) => {
    session.kind = 'transcription';
    call();
    session.say({ id: '1', text: 'Dear Ms Olsen, your armchair is ready.', status: 'final' });
    session.say({ id: '2', text: 'You can have it on' });
  },
  'about to end': ({ call, session }) => {
    call();
    session.warn('idle', 15);
  },
  'a question of a tool': ({ call, session }) => {
    call();
    session.to('thinking');
    void session.options.confirmTool!({
      name: 'book',
      question: 'Book the visit on Tuesday at 10:00?',
      arguments: { guests: 2 },
      signal: new AbortController().signal,
    });
  },
  'a long question of a tool': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'I take the armchair.', status: 'final' });
    session.to('thinking');
    void session.options.confirmTool!({
      name: 'pay',
      question: 'Shall I pay for the armchair, its cushions and the delivery to your door on Tuesday?',
      arguments: {
        amount_in_kroner: 9800,
        delivery_address_of_the_customer: 'Storgata 1, third floor, ring twice and wait for the neighbour',
        code: 'A'.repeat(78),
        lines: ['armchair', 'cushion', 'delivery'],
        note: 'Please call before you come, because the stairs are narrow and the lift is small.',
      },
      signal: new AbortController().signal,
    });
  },
  'typed only': ({ call, session }) => {
    call({ microphone: false });
    session.say({ id: '1', source: 'text', text: 'Hello there', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'Hello! What can I do for you today?', status: 'interrupted' });
  },
  ended: ({ call, element, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
    element.stop();
  },
  'a way to a person': ({ call, element, session }) => {
    element.handoverLabel = 'Talk to a person';
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
  },
  rating: ({ call, element, session }) => {
    element.handoverLabel = 'Talk to a person';
    element.collectFeedback = true;
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
    element.stop();
  },
  rated: async ({ call, element, session }) => {
    element.collectFeedback = true;
    call();
    session.say({ id: '1', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
    element.stop();
    await element.updateComplete;
    // A press counts after half a second.
    await new Promise((resolve) => setTimeout(resolve, 550));
    element.shadowRoot!.querySelector<HTMLElement>('[part="rating"] button')?.click();
  },
  'something shown': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Show me the rust one', status: 'final' });
    const card = document.createElement('article');
    card.ariaLabel = 'The rust chair';
    const [name, button] = [document.createElement('b'), document.createElement('button')];
    name.textContent = 'The Nordnes armchair in rust, 9,800 kr ';
    button.textContent = 'Add to basket';
    card.append(name, button);
    session.options.showNode!(card);
    session.say({ id: '2', role: 'assistant', text: 'Here it is.', status: 'final' });
  },
  'long conversation': ({ call, session }) => {
    call();
    for (let id = 0; id < 14; id++) {
      session.say({
        id: `${id}`,
        role: id % 2 ? 'assistant' : 'user',
        text: 'Some words that make it run over a line or two.',
        status: 'final',
      });
    }
  },
  'an answer with a list and links': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Which **colours** do you have?', status: 'final' });
    session.say({
      id: '2',
      role: 'assistant',
      text:
        'We have **two** of them:\n\n1. [Rust](https://shop.example/rust)\n2. Moss, which takes a week longer\n\n' +
        'Call [+47 22 33 44 55](tel:+4722334455) or see https://shop.example/chairs/bergen/armchair_(blue).',
      status: 'final',
      source: 'text',
    });
  },
  'scrolled up': async ({ call, element, session }) => {
    call();
    for (let id = 0; id < 14; id++) {
      session.say({
        id: `${id}`,
        role: id % 4 < 2 ? 'assistant' : 'user',
        text: 'Some words that make it run over a line or two.',
        status: 'final',
      });
    }
    await element.updateComplete;
    const log = element.shadowRoot!.querySelector('[part="transcript"]');
    const scrolled = new Promise((resolve) => log?.addEventListener('scroll', resolve, { once: true }));
    if (log && log.scrollTop > 0) {
      log.scrollTop = 0;
      await scrolled;
    }
  },
  consent: ({ element }) => {
    element.consent = '1';
    void element.start();
  },
  'a long consent': ({ element }) => {
    const text = document.createElement('p');
    text.slot = 'consent';
    text.textContent = 'We record the call and keep it for thirty days. '.repeat(25);
    element.append(text);
    element.consent = '1';
    void element.start();
  },
  'menu of the transcript': async ({ call, element, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('[part="menu-button"]')?.click();
  },
  settings: ({ call, element }) => {
    call();
    element.shadowRoot!.querySelector<HTMLElement>('[part="settings-button"]')?.click();
  },
};

/** The states that a variant has. */
export function statesOf(variant: string): string[] {
  const isOf = (state: string): boolean =>
    !(CLOSED.has(state) && variant !== 'floating') && !(NOT_IN_PILL.has(state) && variant === 'compact');
  return Object.keys(STATES).filter(isOf);
}

/** The script that shows an element in a state on a page of `lookSite`; then it is laid out but not yet painted. */
export const showing = (variant: string, state: string, dress?: Omit<Dress, 'variants'>): string =>
  `(${show})(${JSON.stringify({ ...dress, variant, isOpen: !CLOSED.has(state) })}, ${STATES[state]})`;

interface Shown extends Partial<Omit<Dress, 'variants'>> {
  readonly variant: string;
  readonly isOpen: boolean;
}

/** Runs in the page: replaces the element by one in another state. */
async function show({ variant, isOpen, name, theme, place }: Shown, bring: (scene: Scene) => unknown): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  document.querySelector('scripted-voice')?.remove();
  const element = document.createElement('scripted-voice');
  element.setAttribute('variant', variant);
  element.setAttribute('label', 'Ask Fern & Co.');
  element.toggleAttribute('open', isOpen);
  if (theme) element.setAttribute('theme', theme);
  const section = document.querySelector('section')!;
  if (name) section.className = place ?? '';
  section.append(element);
  await element.updateComplete;
  const session = element.script;
  const call = (options?: { microphone: boolean }): void => {
    void element.start(options);
    session.ready();
  };
  await bring({ element, session, call });
  await element.updateComplete;
}

/** Runs in the page: what appears softly is there at once. Only some browsers can be told to reduce motion. */
export function settled(): void {
  for (const animation of document.querySelector('scripted-voice')!.shadowRoot!.getAnimations()) {
    if (Number.isFinite(animation.effect!.getComputedTiming().endTime)) animation.finish();
  }
}

/** Runs in the page: waits until the state is painted. */
export async function painted(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
