import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** Starts, is answered, lets tools run, one after a question, interrupts, mutes and unmutes, and hangs up. */
export async function wholeCall(voice: VoicePage): Promise<void> {
  await declareTools(voice);
  await voice.press('start-button');
  await voice.untilState('listening');
  await say(voice, 'hello', 'speaking listening');
  await say(voice, 'two tools', 'thinking');
  await until('a tool asks', () =>
    voice.page.$eval('realtime-voice', ({ shadowRoot }) => !!shadowRoot!.querySelector('[part~="accept-button"]')),
  );
  await voice.press('accept-button');
  await voice.untilState('speaking');
  await voice.untilState('listening');
  await say(voice, 'long story', 'speaking');
  await voice.press('interrupt-button');
  await voice.untilState('listening');
  await voice.press('mute-button');
  await voice.press('mute-button');
  await say(voice, 'hello', 'speaking listening');
  await voice.press('end-button');
  await voice.untilState('idle');
}

/** The second one asks first. */
function declareTools({ page }: VoicePage): Promise<void> {
  return page.$eval('realtime-voice', (element) => {
    const parameters = { type: 'object', properties: { amount: { type: 'number' }, currency: { type: 'string' } } };
    const look = { name: 'check_stock', parameters, execute: () => 'Two are left.' };
    const pay = { name: 'pay', parameters, confirm: 'Pay 12.00 €?', execute: () => 'Paid.' };
    element.tools = [look, pay];
  });
}

async function say(voice: VoicePage, text: string, ends: string): Promise<void> {
  const { length } = await voice.states();
  await voice.page.$eval('realtime-voice', (element, text) => element.sendText(text), text);
  await voice.untilStates(`“${text}” leads to ${ends}`, (states) => states.slice(length).join(' ').endsWith(ends));
}

export const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  inline: {},
  'inline with all of the end': { 'handover-label': 'Talk to a person', 'collect-feedback': '' },
  compact: { variant: 'compact' },
  floating: { variant: 'floating', open: '' },
};
