/** How the element looks where it is, and whether its call runs. */
type Look = readonly [radius: string, state: string];

/** Runs in the page: moves the element in every way that frameworks do. */
export async function moveAbout(): Promise<Look[]> {
  const element = document.querySelector('realtime-voice')!;
  const [main, box] = [document.querySelector('main')!, document.createElement('div')];
  main.append(box);
  const steps: (() => unknown)[] = [
    () => box.append(element),
    () => main.insertBefore(element, main.firstChild),
    // Without taking it out of the document, where the browser can.
    () => (box as { moveBefore?(node: Node, before: null): void }).moveBefore?.(element, null),
    // Frameworks wait in between.
    async () => {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      main.append(element);
    },
    // Longer than a removed element is waited for.
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

/** Runs in the page, by whose own clock the microphone is in use for so many seconds. */
export async function removeElement(): Promise<{ freed: number; reason: string; tracks: number }> {
  const { __alive: alive } = window as unknown as { __alive(): { tracks: number } };
  const element = document.querySelector('realtime-voice')!;
  // Outside the document its events reach nobody else.
  const ended = new Promise<string>((resolve) =>
    element.addEventListener('voice-end', ({ detail }) => resolve(detail.reason)),
  );
  element.remove();
  const since = performance.now();
  const reason = await ended;
  return { freed: (performance.now() - since) / 1000, reason, tracks: alive().tracks };
}

/** Runs in the page: starts a second element. @returns the states of both */
export async function startAnother(): Promise<string[]> {
  const one = document.querySelector('realtime-voice')!;
  const other = one.cloneNode() as typeof one;
  document.body.append(other);
  await other.start();
  return [one.state, other.state];
}
