import { aTimeout, expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the text field', () => {
  let mounted: Mounted;
  const field = (): HTMLTextAreaElement => mounted.part('text-field') as HTMLTextAreaElement;
  const sent = (): string[] => mounted.session.calls.filter((what) => what.startsWith('text'));
  const type = async (text: string): Promise<void> => {
    field().value = text;
    field().dispatchEvent(new InputEvent('input', { bubbles: true }));
    await mounted.element.updateComplete;
  };
  const enter = (init: KeyboardEventInit = {}): boolean =>
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }));

  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });

  it('sends with Enter and is then empty', async () => {
    await type('  Hello  ');
    expect(enter()).to.equal(false);
    await mounted.element.updateComplete;
    expect([sent(), field().value]).to.deep.equal([['text Hello'], '']);
  });

  it('sends with the send button and keeps the focus', async () => {
    await type('Hello');
    await mounted.click('send-button');
    expect(sent()).to.deep.equal(['text Hello']);
    expect(mounted.element.shadowRoot!.activeElement).to.equal(field());
  });

  it('is offered instead of talking, but not in a call that is typed', async () => {
    expect(field().placeholder).to.equal('Type instead');
    mounted.element.stop();
    await mounted.call({ microphone: false });
    expect([field().placeholder, field().ariaLabel]).to.deep.equal(['Message', 'Message']);
    await mounted.element.enableMicrophone();
    await mounted.element.updateComplete;
    expect(field().placeholder).to.equal('Type instead');
  });

  it('sends nothing when it is empty', async () => {
    await type('   ');
    enter();
    await mounted.click('send-button');
    expect(sent()).to.deep.equal([]);
  });

  it('does not send with Enter during an IME composition, nor with Shift+Enter', async () => {
    await type('こんにちは');
    expect(enter({ isComposing: true })).to.equal(true);
    expect(enter({ keyCode: 229 } as KeyboardEventInit)).to.equal(true);
    expect(enter({ shiftKey: true })).to.equal(true);
    expect(sent()).to.deep.equal([]);
  });

  it('grows to four lines at most', async () => {
    const heights: number[] = [];
    for (const lines of [1, 2, 4, 9]) {
      await type(Array(lines).fill('word').join('\n'));
      heights.push(field().getBoundingClientRect().height);
    }
    const [one, two, four, nine] = heights as [number, number, number, number];
    expect(two).to.be.greaterThan(one);
    expect(four).to.be.greaterThan(two);
    expect(nine).to.be.closeTo(four, 3);
  });

  it('keeps words that could not be sent', async () => {
    mounted.session.sendText = () => Promise.reject(new Error('No'));
    await type('Hello');
    enter();
    await aTimeout(0);
    await mounted.element.updateComplete;
    expect(field().value).to.equal('Hello');
  });

  it('starts a call without microphone when there is no call, and keeps its focus', async () => {
    mounted.element.stop();
    await mounted.element.updateComplete;
    field().focus();
    await type('Hello');
    enter();
    await mounted.element.updateComplete;
    expect(mounted.session.calls).to.include('start without microphone');
    expect(mounted.element.shadowRoot!.activeElement).to.equal(field());
  });

  it('is not there in a dictation', async () => {
    mounted.session.kind = 'transcription';
    mounted.session.changed();
    await mounted.element.updateComplete;
    expect(mounted.part('text-field')).to.equal(null);
  });
});
