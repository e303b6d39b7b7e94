import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { VoiceError } from '../../../src/errors.js';
import { recordAnnouncements } from '../../support/live-regions.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

describe('an element that the page shows in the conversation', () => {
  let mounted: Mounted;
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    await mounted.call();
  };
  beforeEach(() => begin());
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const show = async (node: Element): Promise<boolean> => {
    const hasRoom = mounted.session.options.showNode!(node);
    await drawn();
    return hasRoom;
  };
  const card = (name = 'The rust chair', words = '9,800 kr'): HTMLElement => {
    const node = document.createElement('article');
    node.setAttribute('aria-label', name);
    node.textContent = words;
    return node;
  };
  const say = (id: string, text: string, role: 'user' | 'assistant' = 'user'): void =>
    mounted.session.say({ id, role, text, status: 'final' });
  /** What is seen in the log, from top to bottom. */
  const seen = (): string[] =>
    [...mounted.element.shadowRoot!.querySelectorAll<HTMLElement>('.log .entry, .log slot')].map((line) =>
      line instanceof HTMLSlotElement
        ? line
            .assignedElements()
            .map(({ textContent }) => `[${textContent}]`)
            .join()
        : line.querySelector('.words')!.textContent!,
    );

  it('stands where it was shown, while the words around it change', async () => {
    say('1', 'Show me the rust one');
    mounted.session.say({ id: '2', role: 'assistant', text: 'Here' });
    expect(await show(card())).to.equal(true);
    await show(card('Its price', '900 kr'));
    say('2', 'Here it is.', 'assistant');
    say('3', 'And in moss?');
    await show(card('The moss chair', 'moss'));
    mounted.session.say({ id: '4', role: 'assistant', text: 'That' });
    say('4', 'That is this.', 'assistant');
    await drawn();
    expect(seen()).to.deep.equal([
      'Show me the rust one',
      'Here it is.',
      '[9,800 kr]',
      '[900 kr]',
      'And in moss?',
      '[moss]',
      'That is this.',
    ]);
    await expectAccessible(mounted);
  });

  it('may come before all words', async () => {
    await show(card());
    say('1', 'Hello');
    mounted.session.say({ id: '2', text: 'Hm' });
    await drawn();
    expect(seen()).to.deep.equal(['[9,800 kr]', 'Hello', 'Hm']);
  });

  it('is a child of the element, with the styles of the page', async () => {
    const node = card();
    node.className = 'of-the-page';
    const style = document.createElement('style');
    style.textContent = '.of-the-page { color: rgb(1, 2, 3) }';
    document.head.append(style);
    await show(node);
    expect(node.parentElement === mounted.element).to.equal(true);
    expect(getComputedStyle(node).color).to.equal('rgb(1, 2, 3)');
    expect(node.getBoundingClientRect().height).to.be.above(0);
    style.remove();
  });

  it('is announced once, by its name, and the log keeps quiet', async () => {
    const said = recordAnnouncements(mounted.element);
    await show(card());
    const line = 'polite: The assistant shows: The rust chair';
    await waitUntil(() => said.includes(line), 'it is not announced', { timeout: 4000 });
    say('1', 'Nice');
    mounted.session.to('reconnecting');
    mounted.session.to('listening');
    await drawn();
    expect(said.filter((words) => words.includes('rust chair'))).to.deep.equal([line]);
    const log = mounted.element.shadowRoot!.querySelector('.log slot')!;
    expect(log.closest('[aria-live]')!.getAttribute('aria-live')).to.equal('off');
  });

  const NAMES: Readonly<Record<string, readonly [html: string, name: string]>> = {
    'its label': ['<div aria-label="A map">Oslo</div>', 'A map'],
    'what labels it': ['<div aria-labelledby="it"><b id="it">The way</b> to us</div>', 'The way'],
    'its heading': ['<div><h3>Chair</h3><p>Wool</p></div>', 'Chair'],
    'the legend of its form': ['<form><fieldset><legend>Your visit</legend></fieldset></form>', 'Your visit'],
    'its picture': ['<img alt="A chair">', 'A chair'],
    'its words': ['<p>Nine\n  thousand</p>', 'Nine thousand'],
  };
  for (const [what, [html, name]] of Object.entries(NAMES))
    it(`is named by ${what}`, async () => {
      const said = recordAnnouncements(mounted.element);
      const node = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild!;
      await show(node);
      await waitUntil(() => said.includes(`polite: The assistant shows: ${name}`), said.join(), { timeout: 4000 });
    });

  it('stays through a reconnect, a failure, another try and the end, and goes with the next conversation', async () => {
    say('1', 'Show me');
    const node = card();
    await show(node);
    mounted.session.to('reconnecting');
    mounted.session.to('listening');
    await drawn();
    expect(seen()).to.deep.equal(['Show me', '[9,800 kr]']);
    mounted.session.fail('connection-lost');
    mounted.session.to('connecting');
    await drawn();
    expect(seen()).to.deep.equal(['Show me', '[9,800 kr]']);
    mounted.session.end('stopped');
    await drawn();
    expect(seen()).to.deep.equal(['Show me', '[9,800 kr]']);
    await mounted.call();
    expect([seen(), node.parentNode]).to.deep.equal([[], null]);
    expect(await show(node)).to.equal(true);
    expect(seen()).to.deep.equal(['[9,800 kr]']);
  });

  it('goes when what was said is forgotten, and the call goes on', async () => {
    say('1', 'Show me the rust one');
    await show(card());
    mounted.element.forget();
    await drawn();
    expect(seen()).to.deep.equal([]);
    expect(mounted.element.querySelector('article')).to.equal(null);
    expect(mounted.element.state).to.equal('listening');
  });

  it('goes when the conversation is deleted', async () => {
    say('1', 'Show me');
    const node = card();
    await show(node);
    mounted.session.end('stopped');
    mounted.session.transcript = [];
    mounted.session.changed();
    await drawn();
    expect([seen(), node.parentNode]).to.deep.equal([[], null]);
  });

  it('is seen without words where the page or the visitor hides those', async () => {
    say('1', 'Show me');
    mounted.element.noTranscript = true;
    await drawn();
    expect(mounted.part('transcript')).to.equal(null);
    const node = card();
    await show(node);
    const [words] = mounted.element.shadowRoot!.querySelectorAll('.log .entry');
    expect([node.getBoundingClientRect().height > 0, words!.getBoundingClientRect().height]).to.deep.equal([true, 0]);
    await expectAccessible(mounted);
  });

  it('has no place on a pill, and the page is told', async () => {
    await begin({ variant: 'compact' });
    const node = card();
    expect(await show(node)).to.equal(false);
    expect(node.parentNode).to.equal(null);
  });

  it('is refused with a fix if it cannot be shown', () => {
    const { element, session } = mounted;
    const once = card();
    session.options.showNode!(once);
    const refused: readonly (readonly [unknown, RegExp])[] = [
      ['<b>Chair</b>', /put what you have into a <div>/],
      [null, /put what you have into a <div>/],
      [document.createDocumentFragment(), /put what you have into a <div>/],
      [once, /pass a new one, or a clone/],
      [element, /pass a new element, or a clone/],
      [document.body, /pass a new element, or a clone/],
    ];
    for (const [node, fix] of refused) {
      let error: unknown;
      try {
        session.options.showNode!(node as Element);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(VoiceError);
      expect((error as VoiceError).code).to.equal('configuration');
      expect((error as VoiceError).message).to.match(fix);
    }
  });

  it('may be a form, which is filled in by keyboard and keeps its focus while words arrive', async () => {
    const form = document.createElement('form');
    form.setAttribute('aria-label', 'Your visit');
    form.innerHTML = '<label>Day <input name="day"></label><button>Book</button>';
    let booked: unknown;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      booked = new FormData(form).get('day');
    });
    mounted.session.say({ id: '1', text: 'Book' });
    await show(form);
    form.querySelector('input')!.focus();
    await sendKeys({ type: 'Tue' });
    say('1', 'Book a visit.');
    mounted.session.to('thinking');
    say('2', 'When?', 'assistant');
    await drawn();
    await sendKeys({ type: 's' });
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement?.textContent).to.equal('Book');
    await sendKeys({ press: 'Enter' });
    expect([booked, seen()]).to.deep.equal(['Tues', ['Book a visit.', '[Day Book]', 'When?']]);
    await expectAccessible(mounted);
  });
});
