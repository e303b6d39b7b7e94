import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { KeyboardWalk } from './support/keyboard-walk.js';
import { RunningCall } from './support/running-call.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const ATTRIBUTES = {
  muted: '',
  'collect-feedback': '',
  'handover-label': 'Talk to a person',
  style: '--realtime-voice-height: 800px',
};
const HEADER = ['menu-button', 'settings-button'];
const FORM = ['size', 'choose'];
const FIELD = ['text-field', 'send-button'];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  it(`Tab, Enter, Space, Escape and arrows are enough for all there is in ${name}`, async () => {
    await using voice = await openVoicePage(await launch(), RunningCall.page(practice.url, { attributes: ATTRIBUTES }));
    await voice.page.setViewport({ width: 900, height: 1000 });
    await voice.page.evaluate(furnish);
    const walk = await KeyboardWalk.on(voice);

    await beforeTheCall(walk);
    await inTheCall(voice, walk);
    await toolsWithQuestions(voice, walk);
    await settingsAndMenu(voice, walk);
    await interruptAndEnd(voice, walk);
    await afterTheCall(voice, walk);

    assert.deepEqual(await walk.faults(), []);
    assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
  });
}

async function beforeTheCall(walk: KeyboardWalk): Promise<void> {
  const stops = ['settings-button', 'starter', 'starter', 'start-button', ...FIELD];
  await walk.to('before');
  assert.deepEqual(await walk.stops('Tab'), [...stops, 'behind']);
  assert.deepEqual(await walk.stops('Shift+Tab'), [...stops.toReversed(), 'before']);
  await walk.to('starter');
}

async function inTheCall(voice: VoicePage, walk: KeyboardWalk): Promise<void> {
  await walk.press('Enter');
  await walk.arrives('mute-button');
  await endsWith(voice, 'speaking listening');
  assert.equal(await walk.focused(), 'mute-button');
  await walk.to('before', 'Shift+Tab');
  const call = ['interrupt-button', 'handover-button', ...FIELD, 'mute-button', 'end-button'];
  assert.deepEqual(await walk.stops('Tab'), [...HEADER, ...call, 'behind']);
  assert.deepEqual(await walk.stops('Shift+Tab'), [...HEADER, ...call, ''].toReversed().slice(1).concat('before'));
}

/** One tool shows a form, which answers it, and another one asks first. */
async function toolsWithQuestions(voice: VoicePage, walk: KeyboardWalk): Promise<void> {
  await walk.to('text-field');
  await walk.type('two tools');
  await walk.press('Enter');
  await until('a tool asks', () => has(voice, 'accept-button'));
  await until('the form is shown', () => voice.page.evaluate(() => !!document.querySelector('#size')));
  assert.equal(await walk.focused(), 'text-field');
  await untilItCounts();
  for (const stop of ['handover-button', 'accept-button', 'decline-button', 'question'])
    assert.equal(await walk.press('Shift+Tab'), stop);
  await walk.to('accept-button');
  await walk.press(' ');
  await walk.arrives('mute-button');
  await walk.to('size', 'Shift+Tab');
  await walk.type('3');
  assert.equal(await walk.press('Tab'), 'choose');
  await walk.press('Enter');
  await endsWith(voice, 'speaking listening');
  assert.equal(await walk.focused(), 'choose');
}

async function settingsAndMenu(voice: VoicePage, walk: KeyboardWalk): Promise<void> {
  await walk.to('settings-button', 'Shift+Tab');
  await walk.press('Enter');
  const choices = ['inputDeviceId', 'outputDeviceId', 'volume', 'captions', 'largeCaptions'];
  for (const choice of choices) assert.equal(await walk.press('Tab'), choice);
  assert.equal(await walk.press('Shift+Tab'), 'captions');
  assert.equal(await walk.press(' '), 'captions');
  assert.equal(await walk.press(' '), 'captions');
  assert.equal(await walk.press('Shift+Tab'), 'volume');
  await walk.press('ArrowLeft');
  const stored = await voice.page.evaluate(() => localStorage.getItem('realtime-voice-settings')!);
  assert.deepEqual(JSON.parse(stored), { captions: true, volume: 0.95 });
  assert.equal(await walk.press('Escape'), 'settings-button');
  assert.equal(await has(voice, 'settings'), false);

  assert.equal(await walk.press('Shift+Tab'), 'menu-button');
  assert.equal(await walk.press('Enter'), 'menu-item');
  assert.equal(await walk.press('ArrowDown'), 'menu-item');
  assert.equal(await walk.press('Escape'), 'menu-button');
}

async function interruptAndEnd(voice: VoicePage, walk: KeyboardWalk): Promise<void> {
  await walk.to('text-field');
  await walk.type('long story');
  await walk.press('Enter');
  await endsWith(voice, 'speaking');
  await walk.to('interrupt-button', 'Shift+Tab');
  await walk.press('Enter');
  await endsWith(voice, 'speaking listening');
  assert.equal(await walk.focused(), 'interrupt-button');
  await walk.to('mute-button');
  assert.equal(await walk.press(' '), 'mute-button');
  assert.equal(await voice.page.$eval('realtime-voice', ({ muted }) => muted), false);
  assert.equal(await walk.press(' '), 'mute-button');
  assert.equal(await walk.press('Tab'), 'end-button');
  await walk.press('Enter');
  await voice.untilState('idle');
  await walk.arrives('start-button');
}

/** The rating, a comment, a person, and another call. */
async function afterTheCall(voice: VoicePage, walk: KeyboardWalk): Promise<void> {
  await walk.to('before', 'Shift+Tab');
  const rating = ['rating-button', 'rating-button'];
  const stops = [...HEADER, ...FORM, 'start-button', 'handover-button', ...FIELD, ...rating, 'behind'];
  assert.deepEqual(await walk.stops('Tab'), stops);
  await walk.to('rating-button', 'Shift+Tab');
  assert.equal(await walk.press(' '), 'rating-button');
  await walk.to('comment', 'Shift+Tab');
  await walk.type('Clear');
  assert.equal(await walk.press('Enter'), 'rating-button');
  await walk.to('handover-button', 'Shift+Tab');
  assert.equal(await walk.press('Enter'), 'handover-button');
  assert.deepEqual(await voice.page.evaluate(() => (window as unknown as { told: object[] }).told), [
    { size: '3' },
    { rating: 'poor' },
    { rating: 'poor', comment: 'Clear' },
    'a person',
  ]);
  assert.equal(await walk.press('Shift+Tab'), 'start-button');
  await walk.press('Enter');
  await walk.arrives('mute-button');
  await voice.untilState('listening');
  assert.equal(await walk.focused(), 'mute-button');
}

function endsWith(voice: VoicePage, ends: string): Promise<unknown> {
  return voice.untilStates(`the states end with ${ends}`, (states) => states.join(' ').endsWith(ends));
}

function has({ page }: VoicePage, part: string): Promise<boolean> {
  return page.$eval('realtime-voice', ({ shadowRoot }, part) => !!shadowRoot!.querySelector(`[part~="${part}"]`), part);
}

/** Runs in the page: things to say, two tools, and what the page is told. */
async function furnish(): Promise<void> {
  const element = document.querySelector('realtime-voice')!;
  const told: unknown[] = [];
  Object.assign(window, { told });
  element.starters = ['hello', 'Which colours do you have?'];
  element.tools = [
    { name: 'choose_size', parameters: { type: 'object', properties: {} } },
    { name: 'pay', parameters: { type: 'object', properties: {} }, confirm: 'Pay 12.00 €?', execute: () => 'Paid.' },
  ];
  element.addEventListener('voice-tool-call', ({ detail }) => {
    const form = document.createElement('form');
    form.innerHTML = '<label>Size <input id="size"></label> <button id="choose">Choose</button>';
    const answer = new Promise<unknown>((resolve) => {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        const chosen = { size: form.querySelector('input')!.value };
        told.push(chosen);
        resolve(chosen);
      });
    });
    detail.show(form);
    detail.respondWith(answer);
  });
  element.addEventListener('voice-feedback', ({ detail }) => told.push(detail));
  element.addEventListener('voice-handover', () => told.push('a person'));
  await element.updateComplete;
}
