import { expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

const forPaper: CSSMediaRule[] = [];

/** Applies what the element's style sheet says of paper: Firefox cannot be told to print in a test. */
function print({ element }: Mounted): void {
  const sheets = element.shadowRoot!.adoptedStyleSheets;
  const rules = sheets.flatMap((sheet) => [...sheet.cssRules]);
  for (const rule of rules) {
    if (!(rule instanceof CSSMediaRule) || rule.media.mediaText !== 'print') continue;
    forPaper.push(rule);
    rule.media.mediaText = 'all';
  }
  expect(forPaper).not.to.have.length(0);
}

/** The elements of a page share their style sheets. */
afterEach(() => {
  for (const rule of forPaper.splice(0)) rule.media.mediaText = 'print';
});

const seen = ({ part }: Mounted, name: string): boolean => !!part(name)?.checkVisibility();

async function conversation(attributes: Readonly<Record<string, string>>): Promise<Mounted> {
  const mounted = await mount(attributes);
  await mounted.call();
  for (let id = 0; id < 40; id++) mounted.session.say({ id: String(id), text: `Line ${id}`, status: 'final' });
  await mounted.element.updateComplete;
  return mounted;
}

describe('on paper', () => {
  it('the transcript is whole, without what only works on a screen', async () => {
    const mounted = await conversation({});
    print(mounted);
    const log = mounted.part('transcript')!;
    expect(log.scrollHeight).to.equal(log.clientHeight);
    expect(seen(mounted, 'transcript')).to.equal(true);
    expect(seen(mounted, 'heading')).to.equal(true);
    for (const name of ['controls', 'text-field', 'send-button', 'settings-button', 'meter', 'end-button'])
      expect(seen(mounted, name), name).to.equal(false);
  });

  it('the launcher is not there', async () => {
    const mounted = await mount({ variant: 'floating' });
    print(mounted);
    expect(seen(mounted, 'launcher')).to.equal(false);
  });

  it('an open panel stands in the page, whole, and does not cover every sheet', async () => {
    const mounted = await conversation({ variant: 'floating', open: '' });
    print(mounted);
    expect(seen(mounted, 'launcher')).to.equal(false);
    expect(seen(mounted, 'transcript')).to.equal(true);
    const drawer = mounted.element.shadowRoot!.querySelector('.drawer')!;
    expect(drawer.scrollHeight).to.equal(drawer.clientHeight);
    expect(getComputedStyle(drawer.parentElement!).position).not.to.equal('fixed');
  });

  it('a card that nobody has spoken in says nothing', async () => {
    const mounted = await mount();
    print(mounted);
    expect(seen(mounted, 'start-button')).to.equal(false);
  });
});
