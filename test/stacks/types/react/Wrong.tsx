import 'realtime-voice/jsx';
import { RealtimeVoice } from 'realtime-voice/react';

export const elements = [
  <realtime-voice key={1} placement="middle" />,
  <realtime-voice key={2} tokenURL="/api/voice-token" />,
  <realtime-voice key={3} state="speaking" />,
  <realtime-voice key={4} onvoice-end={(event) => event.detail.nonsense} />,
  <RealtimeVoice key={5} placement="middle" />,
  <RealtimeVoice key={6} onVoiceEnd={(event) => event.detail.nonsense} />,
];
