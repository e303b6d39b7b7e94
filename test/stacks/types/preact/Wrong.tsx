import 'realtime-voice/preact';

export const elements = [
  <realtime-voice placement="middle" />,
  <realtime-voice tokenURL="/api/voice-token" />,
  <realtime-voice onvoice-end={(event) => event.detail.nonsense} />,
];
