import { expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

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

  it('an element that was never drawn has an empty transcript', () => {
    const element = document.createElement('scripted-voice');
    expect(element.exportTranscript()).to.equal('');
    expect(element.exportTranscript('json')).to.equal('[]');
  });

  it('downloads a file of either format, by method and from the menu', async () => {
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
    try {
      mounted.element.downloadTranscript();
      await mounted.click('menu-button');
      mounted.part('menu')!.querySelectorAll('button')[2]!.click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const json = mounted.element.exportTranscript('json');
    expect(await Promise.all(files)).to.deep.equal([
      `transcript.txt, text/plain: ${WORDS}`,
      `transcript.json, application/json: ${json}`,
    ]);
  });
});
