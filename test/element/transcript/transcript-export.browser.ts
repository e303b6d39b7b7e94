import { expect } from '@open-wc/testing';
import { button, mount, type Mounted } from '../../support/scripted-voice.js';

const WORDS = 'You: Do you still?\n\nAssistant: We do, until — cut off\n\nYou: “Quotes”,\n    and a second line';

describe('exporting the transcript', () => {
  let mounted: Mounted;
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
    const { session } = mounted;
    session.say({ id: '1', text: 'Do you still?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do, until', status: 'interrupted' });
    session.say({ id: '3', text: '“Quotes”,\nand a second line', status: 'final', source: 'text' });
    await mounted.element.updateComplete;
  });

  /** The buttons are there after the call. */
  const ended = async (): Promise<void> => {
    mounted.element.stop();
    await mounted.element.updateComplete;
  };

  it('plain text has who said what, in order, and what was cut off', () => {
    expect(mounted.element.exportTranscript()).to.equal(WORDS);
    expect(mounted.element.exportTranscript('text')).to.equal(WORDS);
  });

  it('a dictation has the text alone', async () => {
    mounted.session.kind = 'transcription';
    mounted.session.changed();
    expect(mounted.element.exportTranscript()).to.equal(WORDS.replace(/(You|Assistant): | {4}/g, ''));
  });

  it('JSON has every field of every entry', () => {
    expect(JSON.parse(mounted.element.exportTranscript('json'))).to.deep.equal(mounted.element.transcript);
    expect(mounted.element.transcript.map(({ role, status }) => `${role} ${status}`)).to.deep.equal([
      'user final',
      'assistant interrupted',
      'user final',
    ]);
  });

  it('has no buttons with `no-export`; the methods still work', async () => {
    await ended();
    const row = (): Element | null => mounted.element.shadowRoot!.querySelector('.export');
    expect(row()).to.not.equal(null);
    mounted.element.noExport = true;
    await mounted.element.updateComplete;
    expect([row(), mounted.element.exportTranscript()]).to.deep.equal([null, WORDS]);
  });

  it('an element that was never drawn has an empty transcript', () => {
    const element = document.createElement('scripted-voice');
    expect(element.exportTranscript()).to.equal('');
    expect(element.exportTranscript('json')).to.equal('[]');
  });

  it('downloads a file of either format, by method and by button', async () => {
    const files: Promise<string>[] = [];
    const caught = (event: Event): void => {
      const link = event.target as HTMLAnchorElement;
      if (!link.download) return;
      event.preventDefault();
      files.push(
        fetch(link.href).then(
          async (file) => `${link.download}, ${file.headers.get('content-type')}: ${await file.text()}`,
        ),
      );
    };
    // A link that is in no document sends its click nowhere else.
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement): void {
      this.addEventListener('click', caught);
      click.call(this);
    };
    await ended();
    try {
      mounted.element.downloadTranscript();
      button(mounted, 'JSON')!.click();
      await mounted.element.updateComplete;
      button(mounted, 'Download')!.click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const json = mounted.element.exportTranscript('json');
    expect(await Promise.all(files)).to.deep.equal([
      `transcript.txt, text/plain: ${WORDS}`,
      `transcript.json, application/json: ${json}`,
    ]);
  });

  it('shows no buttons while there is nothing to export', async () => {
    const empty = await mount();
    expect(button(empty, 'Copy')).to.equal(undefined);
    expect(button(mounted, 'Copy'), 'during the call').to.equal(undefined);
    const hidden = await mount({ 'no-transcript': '' });
    await hidden.call();
    hidden.session.say({ id: '1', text: 'Hello', status: 'final' });
    hidden.element.stop();
    await hidden.element.updateComplete;
    expect(button(hidden, 'Copy')).to.equal(undefined);
  });

  it('the copy button says whether copying worked', async () => {
    const written: string[] = [];
    let refuse = false;
    mounted.element.copyTranscript = async (format) => {
      written.push(format!);
      if (refuse) throw new Error('Not in a click.');
    };
    const pressed = async (label: string): Promise<void> => {
      button(mounted, label)!.click();
      await Promise.resolve();
      await Promise.resolve();
      await mounted.element.updateComplete;
    };
    await ended();
    await pressed('Copy');
    expect(button(mounted, 'Copied')).not.to.equal(undefined);
    refuse = true;
    await pressed('Copied');
    expect(button(mounted, 'Not copied')).not.to.equal(undefined);
    expect(written).to.deep.equal(['text', 'text']);
  });
});
