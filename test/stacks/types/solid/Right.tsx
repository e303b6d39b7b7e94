import 'realtime-voice/solid';

export const page = (
  <realtime-voice
    id="voice"
    class="wide"
    token-url="/api/voice-token"
    placement="top-end"
    prop:tools={[{ name: 'hours', execute: () => 'until six' }]}
    on:voice-end={(event) => console.log(event.detail.reason)}
  >
    <p slot="consent">We record the call.</p>
  </realtime-voice>
);
