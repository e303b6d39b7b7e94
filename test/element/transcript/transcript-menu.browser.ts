import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { expect, waitUntil } from '@open-wc/testing';
import { recordAnnouncements } from '../../support/live-regions.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

describe('the menu of the transcript', () => {
  let mounted: Mounted;
  const items = (): HTMLElement[] => [...(mounted.part('menu')?.querySelectorAll('button') ?? [])];
  const focused = (): string | undefined => {
    const { activeElement } = mounted.element.shadowRoot!;
    const isItem = activeElement?.role === 'menuitem';
    return isItem ? activeElement.textContent?.trim() : (activeElement?.getAttribute('part') ?? undefined);
  };
  const press = async (key: string): Promise<void> => {
    await sendKeys({ press: key });
    await mounted.element.updateComplete;
  };
  const hasButton = (): boolean => mounted.part('menu-button') !== null;
  const isOpen = (): boolean => mounted.part('menu') !== null;
  const open = (): Promise<void> => mounted.click('menu-button');
  const inCall = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    await mounted.call();
    mounted.session.say({ id: '1', text: 'Do you still?', status: 'final' });
    await mounted.element.updateComplete;
  };
  beforeEach(() => inCall());

  it('copies and downloads, in a call and after it', async () => {
    const done: string[] = [];
    const { element } = mounted;
    element.copyTranscript = async (format) => void done.push(`copy ${format}`);
    element.downloadTranscript = (format) => void done.push(`download ${format}`);
    await open();
    expect(items().map(({ textContent }) => textContent)).to.deep.equal([
      'Copy transcript',
      'Save transcript',
      'Save transcript (JSON)',
    ]);
    items()[0]!.click();
    element.stop();
    await element.updateComplete;
    for (const item of [1, 2]) {
      await open();
      items()[item]!.click();
      await element.updateComplete;
    }
    expect([done, isOpen()]).to.deep.equal([['copy text', 'download text', 'download json'], false]);
  });

  it('is not there with `no-export`, without transcript, on a pill, and before the first words', async () => {
    expect(hasButton()).to.equal(true);
    await open();
    mounted.element.noExport = true;
    await mounted.element.updateComplete;
    expect([hasButton(), isOpen()]).to.deep.equal([false, false]);
    mounted.element.noExport = false;
    await mounted.element.updateComplete;
    expect(isOpen(), 'it does not open by itself').to.equal(false);
    for (const [name, value] of [
      ['no-transcript', ''],
      ['variant', 'compact'],
    ] as const) {
      await inCall({ [name]: value });
      expect(hasButton()).to.equal(false);
    }
    mounted = await mount();
    expect(hasButton()).to.equal(false);
  });

  it('keeps its place, and moves nothing when it comes and when it opens', async () => {
    mounted = await mount({ label: 'A heading that is long enough for two lines in the card' });
    await mounted.call();
    const boxes = (): string[] => {
      const { top } = mounted.part('panel')!.getBoundingClientRect();
      return ['heading', 'settings-button', 'status', 'transcript'].map((name) => {
        const { x, y, width } = mounted.part(name)!.getBoundingClientRect();
        return [name, x, y - top, width].map((it) => (typeof it === 'number' ? Math.round(it) : it)).join(' ');
      });
    };
    const before = boxes();
    mounted.session.say({ id: '1', text: '', status: 'partial' });
    await mounted.element.updateComplete;
    await open();
    expect(items()).to.have.length(3);
    expect(boxes().join(' | ')).to.equal(before.join(' | '));
    const { height } = mounted.part('menu-button')!.getBoundingClientRect();
    expect([height, ...items().map((item) => item.offsetHeight)].every((px) => px >= 44)).to.equal(true);
  });

  it('tells assistive technology what it is', async () => {
    const attributes = (): (string | null)[] =>
      ['aria-label', 'aria-haspopup', 'aria-expanded'].map((name) => mounted.part('menu-button')!.getAttribute(name));
    expect(attributes()).to.deep.equal(['More options', 'menu', 'false']);
    await open();
    expect(attributes()).to.deep.equal(['More options', 'menu', 'true']);
    expect([mounted.part('menu')!.role, items()[0]!.role]).to.deep.equal(['menu', 'menuitem']);
    await expectAccessible(mounted);
  });

  describe('by keyboard', () => {
    it('opens with Enter and the arrows, moves with arrows, Home and End, and keeps these keys from the page', async () => {
      const heard: string[] = [];
      const listen = ({ key }: KeyboardEvent): void => void heard.push(key);
      document.addEventListener('keydown', listen);
      mounted.part('menu-button')!.focus();
      const way: (string | undefined)[] = [];
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'Home', 'End', 'Escape']) {
        await press(key);
        way.push(focused());
      }
      document.removeEventListener('keydown', listen);
      const [first, second, last] = ['Copy transcript', 'Save transcript', 'Save transcript (JSON)'];
      expect(way).to.deep.equal([last, first, second, first, last, first, last, 'menu-button']);
      expect([heard, isOpen()]).to.deep.equal([[], false]);
      for (const key of ['Enter', 'ArrowDown']) {
        await press(key);
        expect(focused()).to.equal('Copy transcript');
        await press('Escape');
      }
    });

    it('leaves with Tab, and is closed then', async () => {
      await open();
      await press('Tab');
      expect([focused(), isOpen()]).to.deep.equal(['settings-button', false]);
    });

    it('Escape closes the menu only, and the next Escape the panel', async () => {
      await inCall({ variant: 'floating', open: '' });
      await open();
      await press('Escape');
      expect([mounted.element.open, isOpen(), focused()]).to.deep.equal([true, false, 'menu-button']);
      await press('Escape');
      expect(mounted.element.open).to.equal(false);
    });

    it('gives the focus back to the button when something was chosen', async () => {
      mounted.element.copyTranscript = async () => {};
      mounted.part('menu-button')!.focus();
      await press('Enter');
      await press('Enter');
      expect([focused(), isOpen()]).to.deep.equal(['menu-button', false]);
    });
  });

  it('closes when the visitor presses beside it, also where that takes no focus away', async () => {
    await open();
    const { bottom } = mounted.element.getBoundingClientRect();
    const still = (event: Event): void => event.preventDefault();
    document.addEventListener('mousedown', still);
    await sendMouse({ type: 'click', position: [2, Math.round(bottom) + 20] });
    document.removeEventListener('mousedown', still);
    await mounted.element.updateComplete;
    expect(isOpen()).to.equal(false);
  });

  it('closes by a second press on its button', async () => {
    const { x, y, width } = mounted.part('menu-button')!.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + width / 2)];
    await sendMouse({ type: 'click', position });
    await mounted.element.updateComplete;
    expect(focused()).to.equal('Copy transcript');
    await sendMouse({ type: 'click', position });
    await mounted.element.updateComplete;
    expect(isOpen()).to.equal(false);
  });

  it('says whether copying worked: on the card, and once to a screen reader', async () => {
    const said = recordAnnouncements(mounted.element);
    const shown = (): string | undefined =>
      mounted.element.shadowRoot!.querySelector('.outcome')?.textContent ?? undefined;
    for (const [works, words] of [
      [true, 'Copied'],
      [false, 'Not copied'],
    ] as const) {
      mounted.element.copyTranscript = () => (works ? Promise.resolve() : Promise.reject(new Error('Not in a click.')));
      await open();
      items()[0]!.click();
      await waitUntil(() => shown() === words, words);
    }
    await waitUntil(() => said.includes('polite: Not copied'), 'said', { timeout: 2000 }).catch(() => {});
    expect(said).to.deep.equal(['polite: Copied', 'polite: Not copied']);
    await waitUntil(() => shown() === undefined, 'it goes', { timeout: 3000 });
  });
});
