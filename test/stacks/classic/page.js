const voice = document.querySelector('realtime-voice');
voice.tools = [{ name: 'hours', execute: () => 'until six' }];
voice.addEventListener('voice-state-change', ({ detail }) => {
  document.querySelector('output').textContent += `${detail.state} `;
});
