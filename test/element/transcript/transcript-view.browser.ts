import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { registerLocale } from '../../../src/locales/registry.js';
import { mount, type Mounted } from '../../support/scripted-voice.js';

const lines = ({ part }: Mounted): HTMLElement[] => [...part('transcript')!.querySelectorAll<HTMLElement>('.entry')];
const said = (mounted: Mounted): string[] => lines(mounted).map((line) => line.querySelector('.words')!.textContent!);

/** What a live region announces of a node that was added: its lines, except those that are hidden. */
function announcedIn(node: Node): string[] {
  if (!(node instanceof HTMLElement)) return [node.textContent!];
  if (node.ariaHidden || node.getAttribute('aria-live') === 'off') return [];
  const lines = node.matches('.group') ? [...node.children] : [node];
  return lines.filter(({ ariaHidden }) => !ariaHidden).map(({ textContent }) => textContent!);
}

describe('the transcript', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });

  it('is an empty labelled log before the first word', () => {
    const log = mounted.part('transcript')!;
    expect([log.getAttribute('role'), log.getAttribute('aria-label'), log.childElementCount]).to.deep.equal([
      'log',
      'Conversation',
      0,
    ]);
  });

  it('shows words as they arrive, and an ellipsis before the first', async () => {
    const { session, element } = mounted;
    session.say({ id: '1' });
    await element.updateComplete;
    expect(said(mounted)).to.deep.equal(['…']);
    session.say({ id: '1', text: 'Do you' });
    await element.updateComplete;
    expect(said(mounted)).to.deep.equal(['Do you']);
  });

  it('announces each entry once and whole: one line is added for each that is complete', async () => {
    const { session, element, part } = mounted;
    const announced: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes, target } of records) {
        if ((target as Element).closest?.('[aria-hidden]') || target.parentElement?.closest('[aria-hidden]')) continue;
        for (const node of addedNodes) announced.push(...announcedIn(node));
      }
    });
    observer.observe(part('transcript')!, { childList: true, subtree: true, characterData: true });
    for (const text of ['Do', 'Do you', 'Do you still']) {
      session.say({ id: '1', text });
      await element.updateComplete;
    }
    session.say({ id: '2', role: 'assistant', text: 'We' });
    await element.updateComplete;
    session.say({ id: '1', text: 'Do you still?', status: 'final' });
    await element.updateComplete;
    session.say({ id: '2', text: 'We do.', status: 'interrupted' });
    await element.updateComplete;
    session.say({ id: '3', text: 'Good' });
    await element.updateComplete;
    observer.takeRecords();
    expect(announced).to.deep.equal(['YouDo you still?', 'AssistantWe do.cut off']);
    observer.disconnect();
  });

  describe('an answer that is being spoken', () => {
    const isHidden = (index: number): boolean => lines(mounted)[index]!.ariaHidden === 'true';
    beforeEach(() => {
      const { session } = mounted;
      session.say({ id: '1', role: 'assistant', text: 'Two are' });
      session.to('speaking');
      session.say({ id: '1', text: 'Two are left.', status: 'final' });
    });

    it('is announced when it is over', async () => {
      expect([isHidden(0), said(mounted)]).to.deep.equal([true, ['Two are left.']]);
      mounted.session.to('listening');
      expect([isHidden(0), said(mounted)]).to.deep.equal([false, ['Two are left.']]);
    });

    it('is announced when it is cut off, with that', () => {
      mounted.session.say({ id: '1', status: 'interrupted' });
      expect([isHidden(0), lines(mounted)[0]!.textContent]).to.deep.equal([false, 'AssistantTwo are left.cut off']);
    });

    it('is not announced again when the next one is spoken', () => {
      const { session } = mounted;
      session.to('listening');
      const [line] = lines(mounted);
      session.say({ id: '2', text: 'And?', status: 'final' });
      session.to('speaking');
      expect([lines(mounted)[0], isHidden(0)]).to.deep.equal([line, false]);
    });
  });

  describe('has the language', () => {
    const langOf = async (): Promise<string | null> => {
      await mounted.element.updateComplete;
      return mounted.part('transcript')!.getAttribute('lang');
    };

    it('of the page, while nobody tells another one', async () => {
      mounted.element.lang = 'de-AT';
      await aTimeout(0);
      expect(await langOf()).to.equal('de-AT');
    });

    it('that the session tells, in the call and after it', async () => {
      const { session } = mounted;
      session.language = 'no';
      session.changed();
      expect(await langOf()).to.equal('no');
      session.end('stopped');
      expect(await langOf()).to.equal('no');
    });
  });

  it('keeps the order of the entries, and does not move a line that stays', async () => {
    const { session, element } = mounted;
    session.say({ id: '2', role: 'assistant', text: 'Second', status: 'final' });
    await element.updateComplete;
    const [second] = lines(mounted);
    const late = { id: '1', role: 'user', text: 'First', status: 'final', source: 'speech', createdAt: 1 } as const;
    session.transcript = [late, ...session.transcript];
    session.changed();
    await element.updateComplete;
    expect(said(mounted)).to.deep.equal(['First', 'Second']);
    expect(lines(mounted)[1]).to.equal(second);
    session.transcript = [late];
    session.changed();
    await element.updateComplete;
    expect(said(mounted)).to.deep.equal(['First']);
  });

  it('says in words who spoke and what went wrong', async () => {
    const { session, element } = mounted;
    session.say({ id: '1', text: 'Well', status: 'interrupted', role: 'assistant' });
    session.say({ id: '2', status: 'failed' });
    session.say({ id: '3', text: 'Hi', status: 'failed', source: 'text' });
    await element.updateComplete;
    const words = lines(mounted).map((line) => [...line.querySelectorAll('span')].map((span) => span.textContent));
    expect(words).to.deep.equal([
      ['Assistant', 'Well', 'cut off'],
      ['You', '', 'transcript unavailable'],
      ['You', 'Hi', 'not sent'],
    ]);
    expect(lines(mounted).map((line) => line.getAttribute('part'))).to.deep.equal([
      'entry entry-assistant',
      'entry entry-user',
      'entry entry-user entry-latest',
    ]);
  });

  it('is text and never HTML', async () => {
    mounted.session.say({ id: '1', text: '<img src=x><b>bold</b>', status: 'final' });
    await mounted.element.updateComplete;
    expect(mounted.part('transcript')!.querySelector('img, b')).to.equal(null);
    expect(said(mounted)).to.deep.equal(['<img src=x><b>bold</b>']);
  });

  it('is written again when the language changes', async () => {
    registerLocale('qt', { you: 'Thee' });
    const { session, element } = mounted;
    session.say({ id: '1', text: 'Hello', status: 'final' });
    await element.updateComplete;
    const [line] = lines(mounted);
    element.lang = 'qt';
    await aTimeout(0);
    await element.updateComplete;
    expect(line!.querySelector('.who')!.textContent).to.equal('Thee');
    expect(lines(mounted)).to.deep.equal([line]);
  });

  it('is whole again when captions were hidden meanwhile', async () => {
    const { session, element } = mounted;
    session.say({ id: '1', text: 'Hello', status: 'final' });
    await element.updateComplete;
    element.noTranscript = true;
    await element.updateComplete;
    session.say({ id: '2', text: 'Are you there?', status: 'final' });
    element.noTranscript = false;
    await element.updateComplete;
    expect(said(mounted)).to.deep.equal(['Hello', 'Are you there?']);
  });

  for (const length of [10, 5000]) {
    it(`changes one text and renders nothing else for a word, after ${length} entries`, async () => {
      const { session, element } = mounted;
      const status = 'final';
      const old = { role: 'user', text: 'Words', status, source: 'speech', createdAt: 1 } as const;
      session.transcript = Array.from({ length }, (_, index) => ({ ...old, id: String(index) }));
      session.changed();
      session.say({ id: 'new', text: 'Do' });
      await element.updateComplete;
      let renderings = 0;
      element.addController({ hostUpdated: () => renderings++ });
      const observer = new MutationObserver(() => {});
      observer.observe(element.shadowRoot!, { attributes: true, characterData: true, childList: true, subtree: true });
      session.say({ id: 'new', text: 'Do you' });
      const changed = observer.takeRecords().map(({ type, target }) => `${type} ${target.textContent}`);
      await element.updateComplete;
      expect(changed).to.deep.equal(['characterData Do you']);
      expect(renderings).to.equal(0);
    });
  }

  it('has three elements and two texts for an entry, one more of each for a remark and for its time, and nothing else', async () => {
    const { session, element } = mounted;
    session.say({ id: '1', text: 'Do you still?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do' });
    session.say({ id: '3', role: 'assistant', text: 'Two are', status: 'interrupted' });
    await element.updateComplete;
    const nodes = lines(mounted).map((line) => {
      const spans = [...line.childNodes].flatMap((span) => [span, ...span.childNodes]);
      return spans.map(({ nodeName }) => nodeName).join(' ');
    });
    const plain = 'SPAN #text SPAN #text';
    expect(nodes).to.deep.equal([`${plain} TIME #text`, plain, `${plain} SPAN #text`]);
  });

  it('has no remark any more when words that were not sent are sent', async () => {
    const { session, element } = mounted;
    const shown = (): (string | null)[] => [...lines(mounted)[0]!.children].map(({ textContent }) => textContent);
    session.say({ id: '1', text: 'Hi', status: 'failed', source: 'text' });
    await element.updateComplete;
    expect(shown()).to.deep.equal(['You', 'Hi', 'not sent']);
    session.say({ id: '1', status: 'final' });
    await element.updateComplete;
    expect(shown()).to.deep.equal(['You', 'Hi']);
  });

  describe('when it is long', () => {
    const talk = async (): Promise<HTMLElement> => {
      for (let id = 0; id < 40; id++) mounted.session.say({ id: String(id), text: 'Some more words', status: 'final' });
      await mounted.element.updateComplete;
      await nextFrame();
      return mounted.part('transcript')!;
    };
    const belowTheFold = (log: HTMLElement): number => log.scrollHeight - log.scrollTop - log.clientHeight;

    it('is in the tab order only then', async () => {
      expect(mounted.part('transcript')!.hasAttribute('tabindex')).to.equal(false);
      expect((await talk()).tabIndex).to.equal(0);
    });

    it('stays at the end', async () => {
      expect(belowTheFold(await talk())).to.be.lessThan(2);
    });

    for (const how of ['at once', 'one by one']) {
      it(`stays at the end after 210 entries ${how}, and has all of them when the visitor scrolls up`, async () => {
        const { session, element, part } = mounted;
        const log = part('transcript')!;
        const entry = {
          role: 'user',
          text: 'Some more words',
          status: 'final',
          source: 'speech',
          createdAt: 1,
        } as const;
        const entries = Array.from({ length: 210 }, (_, id) => ({ ...entry, id: String(id) }));
        if (how === 'at once') session.transcript = entries;
        else for (const each of entries) session.say(each);
        session.changed();
        await element.updateComplete;
        for (let frame = 0; frame < 4; frame++) await nextFrame();
        expect(belowTheFold(log)).to.be.lessThan(2);
        const isLaidOut = (): boolean => lines(mounted)[0]!.checkVisibility({ contentVisibilityAuto: true });
        expect(isLaidOut()).to.equal(false);
        log.scrollTop = 0;
        for (let frame = 0; frame < 4; frame++) await nextFrame();
        expect([log.scrollTop, isLaidOut()]).to.deep.equal([0, true]);
        expect(lines(mounted).length).to.equal(210);
        expect(lines(mounted).every(({ textContent }) => textContent!.startsWith('YouSome more words'))).to.equal(true);
      });
    }

    it('does not scroll when the visitor has scrolled up', async () => {
      const log = await talk();
      log.scrollTop = 20;
      await nextFrame();
      await nextFrame();
      mounted.session.say({ id: 'new', text: 'And more', status: 'final' });
      await mounted.element.updateComplete;
      expect(log.scrollTop).to.equal(20);
      log.scrollTop = log.scrollHeight;
      await nextFrame();
      await nextFrame();
      mounted.session.say({ id: 'newer', text: 'And more', status: 'final' });
      await mounted.element.updateComplete;
      expect(belowTheFold(log)).to.be.lessThan(2);
    });

    describe('has a button to the latest words', () => {
      const latest = (): HTMLElement | null => mounted.element.shadowRoot!.querySelector('.latest');
      const frames = async (): Promise<void> => {
        await nextFrame();
        await nextFrame();
        await mounted.element.updateComplete;
      };

      it('once the visitor has scrolled up, which moves nothing and takes no focus', async () => {
        const log = await talk();
        await frames();
        expect(latest() === null).to.equal(true);
        const before = log.getBoundingClientRect().toJSON() as unknown;
        log.scrollTop = 20;
        await frames();
        expect(latest()!.textContent!.trim()).to.equal('Jump to latest');
        expect(latest()!.getBoundingClientRect().bottom).to.be.lessThan(log.getBoundingClientRect().bottom);
        expect(log.getBoundingClientRect().toJSON()).to.deep.equal(before);
        expect(mounted.element.shadowRoot!.activeElement === null).to.equal(true);
      });

      it('which scrolls there, gives the focus to the log, and goes', async () => {
        const log = await talk();
        log.scrollTop = 20;
        await frames();
        latest()!.focus();
        latest()!.click();
        await frames();
        const isFocused = mounted.part('transcript') === mounted.element.shadowRoot!.activeElement;
        expect([belowTheFold(log) < 2, latest() === null, isFocused]).to.deep.equal([true, true, true]);
        mounted.session.say({ id: 'new', text: 'And more', status: 'final' });
        await mounted.element.updateComplete;
        expect(belowTheFold(log)).to.be.lessThan(2);
      });

      it('which goes with the words', async () => {
        const log = await talk();
        log.scrollTop = 0;
        await frames();
        expect(latest() === null).to.equal(false);
        mounted.session.transcript = [];
        mounted.session.changed();
        await frames();
        await mounted.element.updateComplete;
        expect(latest() === null).to.equal(true);
      });
    });
  });

  it('shows the name of a speaker once while they go on, and reads it aloud with each entry', async () => {
    const { session, element } = mounted;
    (['user', 'user', 'assistant', 'assistant', 'user'] as const).forEach((role, id) =>
      session.say({ id: String(id), role, text: 'Well', status: 'final' }),
    );
    await element.updateComplete;
    const names = lines(mounted).map((line) => line.querySelector<HTMLElement>('.who')!);
    expect(names.map(({ offsetHeight }) => offsetHeight > 1)).to.deep.equal([true, false, true, false, true]);
    expect(names.map(({ textContent }) => textContent)).to.deep.equal(['You', 'You', 'Assistant', 'Assistant', 'You']);
  });

  describe('the time of an entry', () => {
    const NOON = new Date(2024, 4, 3, 12, 34).getTime();
    const times = (): (string | undefined)[] =>
      lines(mounted).map((line) => line.querySelector('time')?.textContent?.replace(/\s/g, ' '));
    const say = async (id: string, createdAt: number): Promise<void> => {
      mounted.session.say({ id, text: 'Well', status: 'final', createdAt });
      await mounted.element.updateComplete;
    };
    const today = new Date().setHours(9, 5);

    it('is in its text when the next one has come, and then no live text', async () => {
      await say('1', today);
      expect(times()).to.deep.equal([undefined]);
      await say('2', today);
      expect(times()).to.deep.equal(['9:05 AM', undefined]);
      expect(lines(mounted)[0]!.querySelector('time')!.getAttribute('aria-live')).to.equal('off');
    });

    for (const type of ['pointerenter', 'focus']) {
      it(`is there for all at ${type}, with the date where that is another one`, async () => {
        await say('1', NOON);
        await say('2', NaN);
        await say('3', today);
        mounted.part('transcript')!.dispatchEvent(new Event(type));
        expect(times()).to.deep.equal(['5/3/24, 12:34 PM', undefined, '9:05 AM']);
      });
    }

    it('is seen on the line under the pointer, covers no words, and moves nothing', async () => {
      await say('1', today);
      await say('2', today);
      const { x, y, bottom } = lines(mounted)[1]!.getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(x + 20), Math.round(bottom - 4)] });
      const seen = lines(mounted).map((line) => getComputedStyle(line.querySelector('time')!).opacity);
      expect(seen).to.deep.equal(['0', '1']);
      expect(lines(mounted)[1]!.getBoundingClientRect().bottom).to.equal(bottom);
      const time = lines(mounted)[1]!.querySelector('time')!.getBoundingClientRect();
      expect([time.top - y, time.height < 14]).to.deep.equal([0, true]);
      await sendMouse({ type: 'move', position: [0, 0] });
    });

    it('is written again in another language', async () => {
      await say('1', today);
      await say('2', today);
      registerLocale('de', {});
      mounted.element.lang = 'de';
      await aTimeout(0);
      await mounted.element.updateComplete;
      expect(times()).to.deep.equal(['09:05', undefined]);
    });
  });
});
