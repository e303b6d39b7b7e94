import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'realtime-voice';
import 'realtime-voice/locales/de';
import 'realtime-voice/locales/fr.js';

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
