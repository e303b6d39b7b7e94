/* An example of a tool that the assistant may call. */
((Drupal, once) => {
  const pageTitle = {
    name: 'page_title',
    description: 'Tells the title of the page that the visitor reads.',
    parameters: { type: 'object', properties: {} },
  };

  Drupal.behaviors.realtimeVoice = {
    attach(context) {
      // Drupal calls this again, for the page or a part of it, whenever something has changed.
      for (const voice of once('realtime-voice', 'realtime-voice', context)) {
        voice.tools = [pageTitle];
        voice.addEventListener('voice-tool-call', ({ detail }) => {
          if (detail.name === 'page_title') detail.respondWith({ title: document.title });
        });
      }
    },
  };
})(Drupal, once);
