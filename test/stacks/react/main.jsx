import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'realtime-voice';

const tools = [{ name: 'hours', execute: () => 'until six' }];

function App() {
  const [states, setStates] = useState('');
  return (
    <>
      <realtime-voice
        token-url="/api/voice-token"
        noTextInput={false}
        tools={tools}
        onvoice-state-change={({ detail }) => setStates((before) => `${before}${detail.state} `)}
      />
      <output>{states}</output>
    </>
  );
}

createRoot(document.getElementById('app')).render(<App />);
