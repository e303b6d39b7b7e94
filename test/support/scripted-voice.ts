import { expect, fixture, html } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { AXE_OPTIONS } from './axe-options.js';
import type { ScriptedSession, ScriptedVoiceElement } from './scripted-session.js';
import './scripted-session.js';

declare const axe: typeof axeCore;

export interface Mounted {
  readonly element: ScriptedVoiceElement;
  readonly session: ScriptedSession;
  /** Starts a call that is ready at once. */
  call(options?: { microphone: boolean }): Promise<void>;
  /** The part with this name, or null. */
  part(name: string): HTMLElement | null;
  /** The text of a part, without extra white space. */
  text(name: string): string;
  click(name: string): Promise<void>;
}

/** Puts an element with these attributes on the page; the test drives its session. */
export async function mount(attributes: Readonly<Record<string, string>> = {}): Promise<Mounted> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement('scripted-voice');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  host.append(element);
  await element.updateComplete;
  const session = element.script;
  const part = (name: string): HTMLElement | null => element.shadowRoot!.querySelector(`[part~="${name}"]`);
  return {
    element,
    session,
    part,
    text: (name) => (part(name)?.textContent ?? '').replace(/\s+/g, ' ').trim(),
    async call(options) {
      const started = element.start(options);
      session.ready();
      await started;
      await element.updateComplete;
    },
    async click(name) {
      part(name)!.click();
      await element.updateComplete;
    },
  };
}

/** Asks whether a tool may run, as a call does. */
export function ask(
  { session }: Mounted,
  question: string,
  args: unknown = {},
  signal = new AbortController().signal,
): Promise<boolean> {
  return session.options.confirmTool!({ name: 'book_visit', question, arguments: args, signal });
}

export function button({ element }: Mounted, label: string): HTMLButtonElement | undefined {
  return [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent!.trim() === label);
}

export async function expectAccessible({ element }: Mounted): Promise<void> {
  await element.updateComplete;
  const { violations } = await axe.run(element, AXE_OPTIONS);
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`)).join(),
  ).to.equal('');
}

/** Every state of the card, by what leads to it. */
export const CARD_STATES: Readonly<Record<string, (mounted: Mounted) => unknown>> = {
  'before the first call': () => {},
  'asking for the microphone': ({ element }) => void element.start(),
  listening: async ({ call, session }) => {
    await call();
    session.say({ id: '1', text: 'Do you still have' });
  },
  thinking: async ({ call, session }) => {
    await call();
    session.say({ id: '1', text: 'Do you still have the blue one?', status: 'final' });
    session.to('thinking');
    session.runningTools = ['check_stock'];
    session.changed();
  },
  speaking: async ({ call, session }) => {
    await call();
    session.say({ id: '1', role: 'assistant', text: 'We do. Two are left' });
    session.to('speaking');
  },
  muted: async ({ call, element, session }) => {
    await call();
    element.muted = true;
    session.warn('muted-speech');
  },
  'text only': ({ call }) => call({ microphone: false }),
  'push to talk': async ({ call, element }) => {
    element.pushToTalk = true;
    await call();
  },
  'a question': async (mounted) => {
    await mounted.call();
    void ask(mounted, 'Book it?', { day: 'Tuesday', seats: [1, 2] });
  },
  'about to end': async ({ call, session }) => {
    await call();
    session.warn('idle', 15);
  },
  dictation: async ({ call, session }) => {
    session.kind = 'transcription';
    await call();
    session.say({ id: '1', text: 'Dear Ms Olsen,', status: 'final' });
  },
  reconnecting: async ({ call, session }) => {
    await call();
    session.to('reconnecting');
  },
  ended: async ({ call, element, session }) => {
    await call();
    session.say({ id: '1', text: 'Hello', status: 'final' });
    element.stop();
  },
  failed: ({ element, session }) => {
    void element.start();
    session.fail('microphone-denied');
  },
  'a long conversation': async ({ call, session }) => {
    await call();
    for (let id = 0; id < 30; id++) session.say({ id: String(id), text: 'Some more words', status: 'final' });
  },
};
