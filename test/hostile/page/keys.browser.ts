import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { mount, type Mounted } from '../../support/scripted-voice.js';

/** The keys that a page's shortcuts hear of while the visitor presses these. */
async function heard(...presses: readonly string[]): Promise<string[]> {
  const keys: string[] = [];
  const note = ({ type, key }: Event & { key?: string }): void => void keys.push(`${type} ${key}`);
  for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, note);
  for (const press of presses) await sendKeys({ press });
  for (const type of ['keydown', 'keypress', 'keyup']) document.removeEventListener(type, note);
  return keys;
}

function focus({ part, element }: Mounted, name: string): void {
  part(name)!.focus();
  expect(element.shadowRoot!.activeElement).to.equal(part(name));
}

describe("the page's shortcuts of one key", () => {
  it('do not hear what is typed into the text field', async () => {
    const mounted = await mount();
    focus(mounted, 'text-field');
    expect(await heard('j', '/', '3', 'ArrowLeft', 'Backspace', 'Home', ' ', 'Enter')).to.deep.equal([]);
    expect(mounted.session.calls[0]).to.match(/^text \S+/);
  });

  it('do not hear what is typed with AltGr', async () => {
    const mounted = await mount();
    const keys: string[] = [];
    const note = ({ key }: KeyboardEvent): void => void keys.push(key);
    document.addEventListener('keydown', note);
    for (const modifierAltGraph of [true, false]) {
      const modifiers = { modifierAltGraph, ctrlKey: true, altKey: true, bubbles: true, composed: true };
      const key = modifierAltGraph ? '@' : 'q';
      mounted.part('text-field')!.dispatchEvent(new KeyboardEvent('keydown', { key, ...modifiers }));
    }
    document.removeEventListener('keydown', note);
    expect(keys, 'only a shortcut is heard').to.deep.equal(['q']);
  });

  it('do not hear the keys that hold the talk button', async () => {
    const mounted = await mount({ 'push-to-talk': '' });
    await mounted.call();
    focus(mounted, 'talk-button');
    expect(await heard(' ', 'Enter')).to.deep.equal([]);
    expect(mounted.session.calls.join()).to.contain('begin turn');
  });

  it('do not hear the keys that press a button', async () => {
    const mounted = await mount();
    await mounted.call();
    focus(mounted, 'mute-button');
    expect(await heard(' ')).to.deep.equal([]);
    expect(mounted.session.muted).to.equal(true);
  });

  it('do not hear the keys that change a setting', async () => {
    const mounted = await mount();
    await mounted.click('settings-button');
    mounted.element.shadowRoot!.querySelector<HTMLElement>('[name=volume]')!.focus();
    expect(await heard('ArrowLeft', 'Home')).to.deep.equal([]);
  });

  it('hear what no control of the element uses', async () => {
    const mounted = await mount();
    focus(mounted, 'start-button');
    expect(await heard('j')).to.deep.equal(['keydown j', 'keypress j', 'keyup j']);
    focus(mounted, 'text-field');
    expect((await heard('Escape', 'F8')).filter((key) => key.startsWith('keydown'))).to.deep.equal([
      'keydown Escape',
      'keydown F8',
    ]);
    await sendKeys({ down: 'Control' });
    const keys = await heard('j');
    await sendKeys({ up: 'Control' });
    expect(keys).to.contain('keydown j');
  });

  it("hear what is typed into the page's own field in a slot", async () => {
    const mounted = await mount();
    const field = Object.assign(document.createElement('input'), { slot: 'footer' });
    mounted.element.append(field);
    field.focus();
    expect(await heard('j')).to.deep.equal(['keydown j', 'keypress j', 'keyup j']);
  });
});
