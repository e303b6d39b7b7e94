/** What was seen of each word, in milliseconds after the page received it. */
export interface WordWatch {
  /** Until it was painted in the element's transcript. */
  readonly painted: number[];
  /** Until it was painted in a paragraph that the page itself writes it to, at once and without an element. */
  readonly bare: number[];
  /** When the words arrived. */
  readonly received: number[];
}

/**
 * Runs in the page. A word counts as painted in the first task after a frame in which its text is in the document. It
 * must not use anything outside itself.
 */
export function installWordWatch(): void {
  const element = document.querySelector('realtime-voice')!;
  const paragraph = document.querySelector('#bare')!;
  const watch: WordWatch = { painted: [], bare: [], received: [] };
  Object.assign(window, { __words: watch });
  type Word = { readonly text: string; readonly at: number };
  let unseen: Word[] = [];
  let unseenBare: Word[] = [];
  element.addEventListener('voice-server-event', ({ detail }) => {
    if (detail.type !== 'response.output_audio_transcript.delta') return;
    const word = { text: String(detail['delta']), at: performance.now() };
    watch.received.push(word.at);
    unseen.push(word);
    unseenBare.push(word);
    paragraph.append(word.text);
  });

  const settle = (words: readonly Word[], text: string, times: number[]): Word[] =>
    words.filter((word) => {
      if (!text.includes(word.text.trim())) return true;
      times.push(performance.now() - word.at);
      return false;
    });
  const lineOf = (): string => element.shadowRoot!.querySelector('[part~="transcript"]')?.textContent ?? '';
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    unseenBare = settle(unseenBare, unseenBare.length ? paragraph.textContent : '', watch.bare);
    unseen = settle(unseen, unseen.length ? lineOf() : '', watch.painted);
  };
  const frame = (): void => {
    // This message is handled after the frame is painted.
    port2.postMessage(undefined);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
