import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the focus in an element of the page, such as one that is shown in the conversation,', () => {
  let mounted: Mounted;
  let form: HTMLFormElement;
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount(attributes);
    await mounted.call();
    form = document.createElement('form');
    form.innerHTML = '<label>Day <input name="day"></label><button>Book</button>';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
    });
    mounted.session.options.showNode!(form);
    await mounted.element.updateComplete;
  };
  const field = (): HTMLInputElement => form.querySelector('input')!;
  const focused = (): string | null | undefined => mounted.element.shadowRoot!.activeElement?.getAttribute('part');
  /** Changes of children are told before a timer, and so is a drawing that follows from them. */
  const told = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

  const SHAPES: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{}, 'mute-button'],
    [{ 'push-to-talk': '' }, 'talk-button'],
    [{ variant: 'floating', open: '' }, 'mute-button'],
  ];
  for (const [shape, safe] of SHAPES)
    it(`goes on to ${safe} when that is sent and removed: ${JSON.stringify(shape)}`, async () => {
      await begin(shape);
      field().focus();
      await sendKeys({ press: 'Enter' });
      await told();
      expect([form.isConnected, focused()]).to.deep.equal([false, safe]);
      await sendKeys({ press: 'Enter' });
      expect([mounted.element.state, mounted.element.muted], 'another Enter').to.deep.equal(['listening', false]);
    });

  it('goes on when the page moves that away', async () => {
    await begin();
    field().focus();
    document.body.append(form);
    await told();
    expect(focused()).to.equal('mute-button');
    form.remove();
  });

  it('goes on when another conversation begins', async () => {
    await begin();
    mounted.session.say({ id: '1', text: 'Tuesday', status: 'final' });
    mounted.session.end('stopped');
    field().focus();
    await mounted.call();
    await told();
    expect([form.isConnected, focused()]).to.deep.equal([false, 'mute-button']);
  });

  it('goes on when the page removes a link of its footer', async () => {
    await begin();
    const link = Object.assign(document.createElement('a'), { href: '#terms', slot: 'footer', text: 'Terms' });
    mounted.element.append(link);
    link.focus();
    link.remove();
    await told();
    expect(focused()).to.equal('mute-button');
  });

  for (const isDrawnNext of [false, true])
    it(`goes where the page puts it${isDrawnNext ? ' before the card is drawn' : ''}`, async () => {
      await begin();
      field().focus();
      const other = document.body.appendChild(document.createElement('button'));
      if (isDrawnNext) mounted.element.requestUpdate();
      form.remove();
      other.focus();
      await told();
      expect(document.activeElement === other).to.equal(true);
      other.remove();
    });

  it('is not taken from elsewhere, nor set where there was none any more', async () => {
    await begin();
    field().focus();
    field().blur();
    await told();
    form.remove();
    await told();
    expect(document.activeElement === document.body, 'nowhere').to.equal(true);

    await begin();
    field().focus();
    const other = document.body.appendChild(document.createElement('button'));
    other.focus();
    await told();
    form.remove();
    await told();
    expect(document.activeElement === other, 'elsewhere').to.equal(true);
    other.remove();
  });
});
