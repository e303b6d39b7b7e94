import { expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

const LONG = 'Do you still have the blue one, and if so, would you keep it for me until Saturday? '.repeat(3);

/** Ways in which a page keeps something out of sight, and how it is shown. */
const HIDDEN: Readonly<Record<string, () => { box: HTMLElement; show: () => void }>> = {
  'an element with display: none': () => {
    const box = document.createElement('div');
    box.style.display = 'none';
    return { box, show: () => (box.style.display = '') };
  },
  'closed details': () => {
    const box = document.createElement('details');
    return { box, show: () => (box.open = true) };
  },
  'a tab panel that is not chosen': () => {
    const box = document.createElement('div');
    box.hidden = true;
    return { box, show: () => (box.hidden = false) };
  },
};

/** A conversation with a half-written question beneath it. */
async function fill({ element, session, call, part }: Mounted): Promise<void> {
  await call();
  for (let id = 0; id < 30; id++) session.say({ id: String(id), text: 'Some more words', status: 'final' });
  await element.updateComplete;
  const field = part('text-field') as HTMLTextAreaElement;
  field.value = LONG;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await element.updateComplete;
}

/** What there is to see: heights, where the words stand, and what the keyboard can scroll. */
function look({ part }: Mounted): Record<string, number> {
  const log = part('transcript')!;
  return {
    field: part('text-field')!.offsetHeight,
    card: part('panel')!.offsetHeight,
    below: log.scrollHeight - log.clientHeight - Math.ceil(log.scrollTop),
    tabIndex: log.tabIndex,
  };
}

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

for (const [name, hide] of Object.entries(HIDDEN)) {
  it(`born in ${name}, it is shown as if it had always been there`, async () => {
    const seen = await mount();
    await fill(seen);
    await frame();
    const wanted = look(seen);
    expect(wanted['field']).to.be.greaterThan(60);
    expect(wanted['below']).to.be.lessThan(2);
    seen.element.remove();

    const { box, show } = hide();
    const unseen = await mount();
    unseen.element.before(box);
    box.append(unseen.element);
    await fill(unseen);
    show();
    // In the first the field grows, in the second the log follows its end, and a callback of the third comes after.
    for (let frames = 0; frames < 3; frames++) await frame();
    expect(look(unseen)).to.deep.equal(wanted);
  });
}

it('made narrower, the text field grows with its words', async () => {
  const mounted = await mount();
  await fill(mounted);
  const { element, part } = mounted;
  const field = part('text-field') as HTMLTextAreaElement;
  field.value = 'Do you still have the blue one?';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await element.updateComplete;
  const before = field.offsetHeight;
  element.style.inlineSize = '200px';
  await frame();
  await frame();
  expect(field.offsetHeight).to.be.greaterThan(before);
  expect(field.scrollHeight).to.be.at.most(field.clientHeight);
});

it('hidden and shown again, it is where the visitor had scrolled to', async () => {
  const mounted = await mount();
  await fill(mounted);
  const { element, part } = mounted;
  const log = part('transcript')!;
  await frame();
  log.scrollTop = 50;
  await frame();
  await frame();
  element.hidden = true;
  await frame();
  mounted.session.say({ id: 'new', text: 'Some more words', status: 'final' });
  await frame();
  element.hidden = false;
  await frame();
  await frame();
  expect(log.scrollTop).to.equal(50);
});
