import 'realtime-voice/solid';

export const elements = [
  <realtime-voice placement="middle" />,
  <realtime-voice prop:tokenURL="/api/voice-token" />,
  <realtime-voice on:voice-end={(event) => event.detail.nonsense} />,
];
