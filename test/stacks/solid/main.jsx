import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import 'realtime-voice';

const tools = [{ name: 'hours', execute: () => 'until six' }];

function App() {
  const [states, setStates] = createSignal('');
  return (
    <>
      <realtime-voice
        token-url="/api/voice-token"
        prop:noTextInput={false}
        prop:tools={tools}
        on:voice-state-change={({ detail }) => setStates((before) => `${before}${detail.state} `)}
      />
      <output>{states()}</output>
    </>
  );
}

render(() => <App />, document.getElementById('app'));
