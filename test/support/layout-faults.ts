/** Runs in the page: lists what is wrong with the layout of elements. It must not refer to anything outside itself. */
export function layoutFaults(selector: string): string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth)
    found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} px`);
  const seen = (node: Element): boolean => node.getClientRects().length > 0 && !node.closest('.unseen');
  const name = (node: Element): string => node.getAttribute('part') ?? (node.getAttribute('class') || node.localName);
  const elements = [...document.querySelectorAll(selector)];
  if (elements.length === 0) found.push(`there is no ${selector}`);
  for (const { shadowRoot } of elements) {
    const root = shadowRoot!;
    if (![...root.querySelectorAll('.card, .launcher')].some(seen)) found.push('nothing is shown');
    const buttons = [...root.querySelectorAll('button, input, select, textarea')].filter(seen);
    /** The settings cover what is behind them, and controls what is scrolled under them. */
    const isCovered = (one: Element, other: Element): boolean =>
      !!one.closest('.scene') !== !!other.closest('.scene') || !!one.closest('.base') !== !!other.closest('.base');
    for (const button of buttons) {
      const { width, height } = button.getBoundingClientRect();
      if (Math.min(width, height) < (button.matches('[type=range]') ? 14 : 20) - 0.5)
        found.push(`${name(button)} is ${width} × ${height}`);
    }
    for (const label of root.querySelectorAll('button span')) {
      const onlyForScreenReaders = getComputedStyle(label).clipPath !== 'none';
      for (const node of seen(label) && !onlyForScreenReaders ? label.childNodes : []) {
        for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) found.push(`${word} is broken`);
        }
      }
    }
    for (const node of root.querySelectorAll<HTMLElement>(
      'button, .heading, .word, .hint, .notice, .entry, .choice, .microphone',
    )) {
      if (!seen(node) || node.closest('.interrupt span')) continue;
      const clipped =
        node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && getComputedStyle(node).display !== 'inline';
      if (clipped) found.push(`${name(node)} is cut off: ${node.scrollWidth} > ${node.clientWidth}`);
      const { left, right } = node.getBoundingClientRect();
      if (left < -0.5 || right > innerWidth + 0.5) found.push(`${name(node)} leaves the window: ${left} to ${right}`);
    }
    for (const [index, one] of buttons.entries()) {
      for (const other of buttons.slice(index + 1)) {
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const [width, height] = [
          Math.min(a.right, b.right) - Math.max(a.left, b.left),
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
        ];
        const scrolled = one.closest('.drawer') !== other.closest('.drawer') || isCovered(one, other);
        if (width > 1 && height > 1 && !scrolled) found.push(`${name(one)} and ${name(other)} overlap`);
      }
    }
    const mark = root.querySelector('.card:not(.pill) .stage .mark')?.getBoundingClientRect();
    for (const side of mark ? [...root.querySelectorAll('.microphone, .stage .interrupt')].filter(seen) : []) {
      const { left, right, top, bottom } = side.getBoundingClientRect();
      const isBeside = right < mark!.left + 1 || left > mark!.right - 1 || bottom < mark!.top + 1;
      if (!isBeside && bottom - top > 1) found.push(`${name(side)} lies on the mark`);
    }
    const question = root.querySelector('#question');
    const panel = question?.closest('.drawer')?.getBoundingClientRect();
    const first = question?.getBoundingClientRect().top ?? 0;
    if (panel && first < panel.top - 0.5) found.push(`the question begins at ${first}, above the panel: ${panel.top}`);
    if (question && question.scrollTop > 0) found.push('the question does not show its beginning');
    const dock = root.querySelector('.dock')?.getBoundingClientRect();
    if (dock && (dock.top < -0.5 || dock.bottom > innerHeight + 0.5))
      found.push(`the panel leaves the window: ${dock.top} to ${dock.bottom}`);
  }
  return found;
}
