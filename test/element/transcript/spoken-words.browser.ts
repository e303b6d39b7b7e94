import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

const ANSWER = 'The blue chair is back in stock, and we deliver it on Thursday.';
const CHINESE = '蓝色的椅子又有货了，我们星期四就可以给您送到家里。';
const LONG = Array.from({ length: 60 }, (_, index) => `Sentence ${index} of a long answer.`).join(' ');

/** The words that are marked as still to come, in the whole page. */
const marked = (): string => [...(CSS.highlights.get('realtime-voice-to-come') ?? [])].map(String).join('|');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextFrame();
}

describe('the words that are still to come', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });
  afterEach(() => mounted.session.stop());

  const arrive = async (text: string): Promise<void> => {
    mounted.session.to('thinking');
    mounted.session.say({ id: '1', role: 'assistant', text });
    await mounted.element.updateComplete;
  };
  const to = async (state: 'speaking' | 'listening'): Promise<void> => {
    mounted.session.to(state);
    await mounted.element.updateComplete;
  };

  it('are all, before the sound', async () => {
    await arrive('The blue');
    expect(marked()).to.equal('The blue');
    await arrive(ANSWER);
    expect(marked()).to.equal(ANSWER);
  });

  it('become fewer with the sound, by whole words, until none is left', async () => {
    await arrive(ANSWER);
    await to('speaking');
    const seen = new Set<string>();
    await until(() => {
      seen.add(marked());
      return marked() === '';
    });
    expect(seen.size).to.be.above(5);
    for (const rest of seen) expect(` ${ANSWER}`.endsWith(rest && ` ${rest}`), rest).to.equal(true);
    const lengths = [...seen].map(({ length }) => length);
    expect(lengths).to.deep.equal([...lengths].sort((one, other) => other - one));
  });

  it('become fewer by characters in a language without spaces, and at its rate', async () => {
    await arrive(CHINESE);
    const start = performance.now();
    await to('speaking');
    const seen = new Set<string>();
    await until(() => {
      seen.add(marked());
      return marked().length <= CHINESE.length - 12;
    });
    // With 6 instead of 15 characters in a second.
    expect(performance.now() - start).to.be.above(1500);
    expect(seen.size).to.be.above(5);
    for (const rest of seen) expect(CHINESE.endsWith(rest), rest).to.equal(true);
  });

  for (const [what, status] of [
    ['has been cut off', 'interrupted'],
    ['is over', 'final'],
  ] as const) {
    it(`are none when the answer ${what}`, async () => {
      await arrive(ANSWER);
      await to('speaking');
      expect(marked()).to.not.equal('');
      mounted.session.say({ id: '1', status });
      await to('listening');
      expect(marked()).to.equal('');
    });
  }

  it('are none in a written answer, and in what the visitor says', async () => {
    mounted.session.to('thinking');
    mounted.session.say({ id: '1', role: 'user', text: 'Which one?' });
    mounted.session.say({ id: '2', role: 'assistant', text: ANSWER, source: 'text' });
    await mounted.element.updateComplete;
    expect(marked()).to.equal('');
  });

  it('are none when the element is taken away', async () => {
    await arrive(ANSWER);
    mounted.element.remove();
    expect(marked()).to.equal('');
  });

  it('go by the rate of the answers before', async () => {
    await arrive('Yes, a slow one.');
    await to('speaking');
    await aTimeout(2500);
    mounted.session.say({ id: '1', status: 'final' });
    await to('listening');
    mounted.session.to('thinking');
    mounted.session.say({ id: '2', role: 'assistant', text: ANSWER });
    const start = performance.now();
    await to('speaking');
    await until(() => marked().length <= ANSWER.length - 'The blue chair '.length);
    // With 6.4 instead of 15 characters in a second.
    expect(performance.now() - start).to.be.above(1500);
  });

  it('do not show before their time: a log that is lower than the answer follows the voice', async () => {
    mounted.element.style.setProperty('--realtime-voice-height', '350px');
    await arrive(LONG);
    await to('speaking');
    const log = mounted.part('transcript')!;
    expect(log.scrollHeight).to.be.above(2 * log.clientHeight);
    expect(log.scrollTop).to.equal(0);
    await until(() => log.scrollTop > 0);
    expect(log.scrollTop).to.be.below(log.scrollHeight - log.clientHeight - 100);
    mounted.session.say({ id: '1', status: 'final' });
    await to('listening');
    expect(log.scrollTop).to.be.closeTo(log.scrollHeight - log.clientHeight, 1);
  });

  it('may be read ahead: the log stays where the visitor has scrolled it', async () => {
    await arrive(LONG);
    await to('speaking');
    const log = mounted.part('transcript')!;
    const scrolled = new Promise((resolve) => log.addEventListener('scroll', resolve, { once: true }));
    log.scrollTop = 200;
    await scrolled;
    const rest = marked();
    await until(() => marked() !== rest);
    expect(log.scrollTop).to.equal(200);
  });
});

describe('the latest entry', () => {
  it('has a part of its own', async () => {
    const mounted = await mount();
    await mounted.call();
    const { session, element } = mounted;
    for (const [id, text] of [
      ['1', 'One'],
      ['2', 'Two'],
    ] as const) {
      session.say({ id, text });
      await element.updateComplete;
      const latest = element.shadowRoot!.querySelectorAll('[part~="entry-latest"]');
      expect([...latest].map((line) => line.querySelector('.words')!.textContent)).to.deep.equal([text]);
    }
    session.stop();
  });
});
