import { untilItCounts } from '../../support/until-it-counts.js';
import { dropCall } from './practice-calls.js';
import { callIdOf } from './relayed-site.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** What the page below sets on the element: consent, starters, and all that is there after a call. */
export const EVENTFUL: Readonly<Record<string, string>> = {
  consent: '1',
  greeting: 'Ask us about chairs.',
  'handover-label': 'Talk to a person',
  'collect-feedback': '',
};

/**
 * Consents, starts with a starter, is shown something, presses a suggestion, opens the settings and the menu, is
 * warned, is reconnected, and fails. A pill has no starters, suggestions, transcript or menu.
 */
export async function eventfulCall(voice: VoicePage, practiceUrl: string, isPill: boolean): Promise<void> {
  await prepare(voice);
  await voice.press(isPill ? 'start-button' : 'starter');
  await voice.press('accept-button');
  if (!isPill) await endsWith(voice, 0, 'speaking listening');
  await voice.untilState('listening');
  await say(voice, 'tool', 'speaking listening');
  if (!isPill) {
    const { length } = await voice.states();
    await seen(voice, '[part~="starter"]');
    await untilItCounts();
    await voice.press('starter');
    await endsWith(voice, length, 'speaking listening');
    await voice.press('menu-button');
    await seen(voice, '[part~="menu"]');
    await voice.page.keyboard.press('Escape');
    await voice.press('settings-button');
    await seen(voice, '[part~="settings"]');
    await voice.page.keyboard.press('Escape');
  }
  // The warning comes 15 seconds before the end.
  await voice.page.$eval('realtime-voice', (element) => void (element.idleTimeout = 16));
  await seen(voice, '[part~="remedy-button"]');
  await voice.press('remedy-button');
  await voice.page.$eval('realtime-voice', (element) => void (element.idleTimeout = 0));
  await reconnect(voice, practiceUrl);
  await voice.page.$eval('realtime-voice', (element) => void (element.noReconnect = true));
  await dropCall(practiceUrl, await callIdOf(voice), 'peer');
  await voice.untilState('failed');
}

async function reconnect(voice: VoicePage, practiceUrl: string): Promise<void> {
  const { length } = await voice.states();
  await dropCall(practiceUrl, await callIdOf(voice), 'peer');
  await endsWith(voice, length, 'reconnecting listening');
}

/** The tool shows a card, and its answer comes with suggestions. */
function prepare({ page }: VoicePage): Promise<void> {
  return page.$eval('realtime-voice', async (element) => {
    element.starters = ['hello', 'Which colours do you have?'];
    element.tools = [{ name: 'show_chair', parameters: { type: 'object' } }];
    element.addEventListener('voice-tool-call', ({ detail }) => {
      const card = document.createElement('article');
      card.textContent = 'The Nordnes armchair';
      detail.show(card);
      detail.respondWith('It is shown.', { suggestions: ['hello again'] });
    });
    await element.updateComplete;
  });
}

async function say(voice: VoicePage, text: string, ends: string): Promise<void> {
  const { length } = await voice.states();
  await voice.page.$eval('realtime-voice', (element, text) => void element.sendText(text), text);
  await endsWith(voice, length, ends);
}

function endsWith(voice: VoicePage, from: number, ends: string): Promise<unknown> {
  return voice.untilStates(`the states end with ${ends}`, (states) => states.slice(from).join(' ').endsWith(ends));
}

function seen({ page }: VoicePage, selector: string): Promise<unknown> {
  return until(
    `${selector} is shown`,
    () => page.$(`realtime-voice >>> ${selector}`),
    (handle) => handle !== null,
    20_000,
  );
}
