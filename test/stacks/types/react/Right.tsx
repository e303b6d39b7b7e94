import { useRef } from 'react';
import type { RealtimeVoiceElement, VoiceEndEvent } from 'realtime-voice';
import type {} from 'realtime-voice/jsx';
import { RealtimeVoice } from 'realtime-voice/react';

export function Page() {
  const voice = useRef<RealtimeVoiceElement>(null);
  return (
    <main>
      <realtime-voice
        ref={voice}
        id="voice"
        className="wide"
        lang="de"
        style={{ '--realtime-voice-accent': 'teal' }}
        token-url="/api/voice-token"
        placement="top-end"
        noTextInput={false}
        idleTimeout={60}
        onvoice-end={(event) => console.log(event.detail.reason)}
      >
        <p slot="consent">We record the call.</p>
      </realtime-voice>
      <RealtimeVoice
        ref={voice}
        className="wide"
        tokenUrl="/api/voice-token"
        variant="floating"
        tools={[{ name: 'hours', execute: () => 'until six' }]}
        onVoiceEnd={(event: VoiceEndEvent) => console.log(event.detail.reason)}
        onVoiceTranscript={({ detail }) => console.log(detail.entry.text)}
      >
        <p slot="consent">We record the call.</p>
      </RealtimeVoice>
      <button onClick={() => void voice.current?.start()}>Start</button>
    </main>
  );
}
