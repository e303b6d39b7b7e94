import 'realtime-voice/preact';

export const page = (
  <realtime-voice
    id="voice"
    class="wide"
    token-url="/api/voice-token"
    placement="top-end"
    noTextInput={false}
    onvoice-end={(event) => console.log(event.detail.reason)}
  >
    <p slot="consent">We record the call.</p>
  </realtime-voice>
);
