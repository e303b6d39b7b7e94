import { useState } from 'react';
import { RealtimeVoice } from 'realtime-voice/react';

const tools = [{ name: 'hours', execute: () => 'until six' }];

export function App() {
  const [states, setStates] = useState('');
  return (
    <main>
      <RealtimeVoice
        id="voice"
        className="wide"
        tokenUrl="/api/voice-token"
        noTextInput={false}
        muted={false}
        tools={tools}
        onVoiceStateChange={({ detail }) => setStates((before) => `${before}${detail.state} `)}
      >
        <p slot="footer">Ask us anything.</p>
      </RealtimeVoice>
      <output>{states}</output>
      <RealtimeVoice
        id="closed"
        disabled
        greet
        label="Ask & talk"
        idleTimeout={60}
        starters={['Hello']}
        tokenSource="a-secret"
        onVoiceEnd={() => {}}
      />
    </main>
  );
}
