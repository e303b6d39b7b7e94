import type { Scene } from './invitations.js';

/** What goes wrong in a call. Each function runs in the page, as those of the other states. */
export const TROUBLES: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'a late answer': ({ call, session }) => {
    call();
    session.to('thinking');
    session.warn('no-answer');
  },
  'a failed answer': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.warn('answer-failed');
  },
  'words that were not sent': ({ call, session }) => {
    call({ microphone: false });
    session.say({ id: '1', source: 'text', text: 'Once upon a time', status: 'failed' });
  },
  reconnecting: ({ call, session }) => {
    call();
    session.to('reconnecting');
  },
  'blocked microphone': ({ element, session }) => {
    void element.start();
    session.fail('microphone-denied');
  },
  'lost connection': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.fail('connection-lost');
  },
};
