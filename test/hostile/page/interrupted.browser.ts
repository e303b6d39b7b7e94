import { expect } from '@open-wc/testing';
import { VoiceSession } from '../../../src/session/index.js';
import { Practice } from '../../session/support/practice.js';

// Without a sound card, Firefox cannot measure sound.
const MEASURES = !navigator.userAgent.includes('Firefox');

describe('an assistant that is silenced here', function () {
  this.timeout(30_000);
  let practice: Practice;
  let session: VoiceSession;
  before(async () => {
    practice = await Practice.find('interrupted');
  });
  afterEach(() => session.stop());

  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await new Promise(requestAnimationFrame);
  };
  const tellStory = async (): Promise<void> => {
    session = new VoiceSession(practice.options);
    await session.start({ microphone: false });
    await session.sendText('long story');
    await until(() => session.state === 'speaking' && session.transcript.length === 2);
    if (MEASURES) await until(() => session.outputLevel > 0.2);
  };

  it('has no level and no words any more, whatever the service still sends', async () => {
    await tellStory();
    const story = session.transcript[1]!;
    session.interrupt();
    const level = session.outputLevel;
    const told: string[] = [];
    session.addEventListener('voice-transcript', ({ detail }) => told.push(detail.entry.text));
    const item = { id: 'late', type: 'message', role: 'assistant', content: [] };
    const at = { item_id: story.id, output_index: 0, content_index: 0 };
    let ended = false;
    session.addEventListener('voice-server-event', ({ detail }) => {
      if (detail.type === 'response.done') ended = true;
    });
    await practice.send(
      session.callId!,
      { type: 'response.output_audio_transcript.delta', ...at, delta: 'and late words' },
      { type: 'conversation.item.added', previous_item_id: story.id, item },
    );
    const levels: number[] = [];
    await until(() => levels.push(session.outputLevel) > 30 && ended);
    expect([level, ...levels].every((each) => each === 0)).to.equal(true, String(levels));
    expect(told).to.deep.equal([]);
    expect(session.transcript[1]).to.deep.equal({ ...story, status: 'interrupted' });
    expect(session.transcript.length).to.equal(2);

    await session.sendText('hello');
    await until(() => session.state === 'speaking');
    if (MEASURES) await until(() => session.outputLevel > 0.2);
  });

  it('has no level at volume 0', async () => {
    await tellStory();
    session.configure({ volume: 0 });
    expect(session.outputLevel).to.equal(0);
    session.configure({ volume: 0.5 });
    if (MEASURES) await until(() => session.outputLevel > 0.2);
  });
});
