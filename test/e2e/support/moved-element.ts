/** The style and the state of the element after a move. */
type Look = readonly [radius: string, state: string];

/** Runs in the page: moves the element in all the ways that frameworks do. */
export async function moveAbout(): Promise<Look[]> {
  const element = document.querySelector('realtime-voice')!;
  const [main, box] = [document.querySelector('main')!, document.createElement('div')];
  main.append(box);
  const steps: (() => unknown)[] = [
    () => box.append(element),
    () => main.insertBefore(element, main.firstChild),
    // Where the browser supports it, without taking the element out of the document.
    () => (box as { moveBefore?(node: Node, before: null): void }).moveBefore?.(element, null),
    // Some frameworks insert the element again only after a while.
    async () => {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      main.append(element);
    },
    // Longer than the element waits before it ends its call.
    () => new Promise((resolve) => setTimeout(resolve, 1200)),
  ];
  const looks: Look[] = [];
  for (const step of steps) {
    await step();
    await element.updateComplete;
    looks.push([getComputedStyle(element.shadowRoot!.querySelector('.card')!).borderTopLeftRadius, element.state]);
  }
  return looks;
}

/** Runs in the page: moves the element into the document of an iframe and back. */
export async function moveAway(): Promise<Look[]> {
  const element = document.querySelector('realtime-voice')!;
  const main = document.querySelector('main')!;
  const frame = document.createElement('iframe');
  main.append(frame);
  const looks: Look[] = [];
  for (const place of [frame.contentDocument!.body, main]) {
    place.append(element);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const view = element.ownerDocument.defaultView!;
    looks.push([view.getComputedStyle(element.shadowRoot!.querySelector('.card')!).borderTopLeftRadius, element.state]);
  }
  return looks;
}

/** Runs in the page: removes the element and measures how many seconds pass until its call ends. */
export async function removeElement(): Promise<{ freed: number; reason: string; tracks: number }> {
  const { __alive: alive } = window as unknown as { __alive(): { tracks: number } };
  const element = document.querySelector('realtime-voice')!;
  // Events of an element outside the document do not reach the document.
  const ended = new Promise<string>((resolve) =>
    element.addEventListener('voice-end', ({ detail }) => resolve(detail.reason)),
  );
  element.remove();
  const since = performance.now();
  const reason = await ended;
  return { freed: (performance.now() - since) / 1000, reason, tracks: alive().tracks };
}

/** Runs in the page: starts a second element and returns the states of both. */
export async function startAnother(): Promise<string[]> {
  const one = document.querySelector('realtime-voice')!;
  const other = one.cloneNode() as typeof one;
  document.body.append(other);
  await other.start();
  return [one.state, other.state];
}
