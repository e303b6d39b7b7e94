import 'deep-chat';

/** Runs in the page: deep-chat's realtime mode, with a client secret of the site. */
const chat = document.querySelector('deep-chat')!;
chat.directConnection = {
  openAI: {
    realtime: {
      fetchEphemeralKey: async () => {
        const { value } = (await (await fetch('/token', { method: 'POST' })).json()) as { value: string };
        return value;
      },
    },
  },
};
