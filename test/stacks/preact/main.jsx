/** @jsxImportSource preact */
import { render } from 'preact';
import { useState } from 'preact/hooks';
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

render(<App />, document.getElementById('app'));
