import { expect } from '@open-wc/testing';
import { Idiomorph } from 'idiomorph';
import morphdom from 'morphdom';

import { mount, type Mounted } from '../../support/scripted-voice.js';

/** Ways in which a server-rendered page is brought up to date: each makes the element what the markup says. */
const MORPHS: Readonly<Record<string, (element: Element, markup: string) => void>> = {
  Idiomorph: (element, markup) => void Idiomorph.morph(element, markup),
  morphdom: (element, markup) => void morphdom(element, markup),
  'a script that copies attributes': (element, markup) => {
    const template = Object.assign(document.createElement('template'), { innerHTML: markup });
    const wanted = template.content.firstElementChild!;
    for (const name of element.getAttributeNames()) if (!wanted.hasAttribute(name)) element.removeAttribute(name);
    for (const name of wanted.getAttributeNames()) element.setAttribute(name, wanted.getAttribute(name)!);
  },
};

const markup = (attributes = ''): string => `<scripted-voice ${attributes}></scripted-voice>`;

for (const [name, morph] of Object.entries(MORPHS)) {
  describe(`what the visitor did survives ${name}`, () => {
    it('muted', async () => {
      const mounted = await mount();
      await mounted.call();
      await mounted.click('mute-button');
      await renew(mounted, '');
      expectMuted(mounted, true);
    });

    it('muted, on a page that was served muted and is not any more', async () => {
      const mounted = await mount({ muted: '' });
      await mounted.call();
      await mounted.click('mute-button');
      await mounted.click('mute-button');
      expectMuted(mounted, true);
      await renew(mounted, '');
      expectMuted(mounted, true);
    });

    it('unmuted, on a page that is served muted', async () => {
      const mounted = await mount({ muted: '' });
      await mounted.call();
      await mounted.click('mute-button');
      await renew(mounted, 'muted');
      expectMuted(mounted, false);
    });

    it('opened', async () => {
      const mounted = await mount({ variant: 'floating' });
      await mounted.click('launcher');
      await renew(mounted, 'variant=floating');
      expect(!!mounted.part('panel')).to.equal(true);
      expect(mounted.element.hasAttribute('open')).to.equal(true);
    });

    it('closed, on a page that is served open', async () => {
      const mounted = await mount({ variant: 'floating', open: '' });
      await mounted.click('launcher');
      await renew(mounted, 'variant=floating open');
      expect(!!mounted.part('panel')).to.equal(false);
      expect(mounted.element.hasAttribute('open')).to.equal(false);
    });

    it('the call, whose state is shown again', async () => {
      const mounted = await mount();
      await mounted.call();
      await renew(mounted, '');
      await renew(mounted, 'state=idle');
      expect(mounted.element.getAttribute('state')).to.equal('listening');
      expect(mounted.session.state).to.equal('listening');
    });

    it('what is written and not sent', async () => {
      const mounted = await mount();
      const field = mounted.part('text-field') as HTMLTextAreaElement;
      field.value = 'Do you still have';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await renew(mounted, 'label=Shop');
      expect((mounted.part('text-field') as HTMLTextAreaElement).value).to.equal('Do you still have');
    });

    it('while what the page itself has changed is done', async () => {
      const mounted = await mount({ muted: '', open: '', variant: 'floating' });
      await renew(mounted, 'variant=floating');
      expectMuted(mounted, false);
      expect(mounted.element.open).to.equal(false);
      await renew(mounted, 'variant=floating muted open');
      expectMuted(mounted, true);
      expect(mounted.element.open).to.equal(true);
    });
  });

  /** The page is served again with these attributes. */
  async function renew({ element, session }: Mounted, attributes: string): Promise<void> {
    const parent = element.parentElement!;
    morph(element, markup(attributes.replace(/=(\S+)/g, '="$1"')));
    await element.updateComplete;
    await element.updateComplete;
    expect(parent.firstElementChild === element, 'it is the same element').to.equal(true);
    expect(session.calls.filter((call) => call.startsWith('stop'))).to.deep.equal([]);
  }
}

function expectMuted({ element, session }: Mounted, muted: boolean): void {
  expect([session.muted, element.muted, element.hasAttribute('muted')]).to.deep.equal([muted, muted, muted]);
}

it('a call that the page takes its endpoint from keeps it', async () => {
  const { element, session, call } = await mount({ 'token-url': '/token', 'calls-url': '/calls' });
  await call();
  Idiomorph.morph(element, markup());
  await element.updateComplete;
  expect([session.options.tokenUrl, session.options.callsUrl]).to.deep.equal(['/token', '/calls']);
  element.stop();
  await element.updateComplete;
  expect(element.tokenUrl).to.equal(undefined);
  expect(session.options.tokenUrl).to.equal(undefined);
});

it("what the visitor has muted with the system's own button stays muted", async () => {
  const mounted = await mount();
  await mounted.call();
  mounted.session.muted = true;
  await mounted.element.updateComplete;
  Idiomorph.morph(mounted.element, markup());
  await mounted.element.updateComplete;
  await mounted.element.updateComplete;
  expectMuted(mounted, true);
});

it('a page script mutes and unmutes, whatever the visitor did', async () => {
  const mounted = await mount();
  await mounted.call();
  await mounted.click('mute-button');
  mounted.element.muted = false;
  await mounted.element.updateComplete;
  expectMuted(mounted, false);
  mounted.element.muted = true;
  await mounted.element.updateComplete;
  expectMuted(mounted, true);
});
