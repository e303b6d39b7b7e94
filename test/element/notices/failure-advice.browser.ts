import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { RealtimeVoiceElement } from '../../../src/element/realtime-voice.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { Practice } from '../../session/support/practice.js';

describe('a visitor is asked to sign in', function () {
  this.timeout(30_000);
  let element: RealtimeVoiceElement;
  afterEach(() => element.remove());

  /** Starts a call that is refused by 401, and returns what the visitor sees then. */
  const refused = async (optionsOf: (practice: Practice) => VoiceSessionOptions): Promise<readonly unknown[]> => {
    const practice = await Practice.find('failure-advice');
    element = document.createElement('realtime-voice');
    element.innerHTML = '<a slot="sign-in" href="#login">Sign in</a>';
    Object.assign(element, optionsOf(practice));
    document.body.append(element);
    const error: unknown = await element.start({ microphone: false }).catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'token-unauthorized', retriable: false });
    await element.updateComplete;
    const text = (part: string): string => element.shadowRoot!.querySelector(`[part~=${part}]`)!.textContent.trim();
    return [text('status'), text('notice'), element.querySelector('a')!.getClientRects().length > 0];
  };
  const SIGN_IN = [
    'Please sign in to talk to the assistant',
    'If you are signed in already, reload this page.',
    true,
  ] as const;

  it('if the token endpoint refuses', async () => {
    const seen = await refused(({ url }) => ({ tokenUrl: `${url}/v1/realtime/client_secrets` }));
    expect(seen).to.deep.equal(SIGN_IN);
  });

  it('if the site’s own server refuses the offer', async () => {
    expect(await refused(({ callsUrl }) => ({ sessionUrl: callsUrl }))).to.deep.equal(SIGN_IN);
  });

  it('and not if the service refuses the secret', async () => {
    const seen = await refused(({ callsUrl }) => ({ callsUrl, tokenSource: 'ek_of_nobody' }));
    expect(seen).to.deep.equal(['The call was not answered', 'Wait a moment, then try again.', false]);
  });
});
