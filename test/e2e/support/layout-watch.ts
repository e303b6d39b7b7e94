import type { Page } from 'puppeteer-core';
import { painted } from '../../support/look-states.js';

/** One layout shift: its score, and what moved. */
type Shift = readonly [score: string, ...moved: string[]];

/** Where the parts were in one frame; each as a text. */
type Places = Readonly<Record<string, string>>;

interface Watched {
  readonly __shifts: { readonly withInput: Shift[]; readonly withoutInput: Shift[] };
  readonly __places: Places[];
}

/** Watches a page for what moves: by the browser's own score, and by the places of the parts in each frame. */
export class LayoutWatch {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(page: Page): Promise<LayoutWatch> {
    // A window that was just resized is laid out first.
    await page.evaluate(painted);
    await page.evaluate(watchLayout);
    return new LayoutWatch(page);
  }

  /** Chromium alone has a score. */
  shifts(): Promise<Watched['__shifts']> {
    return this.#page.evaluate(async () => {
      // What has moved is known when the frame is painted.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return (window as unknown as Watched).__shifts;
    });
  }

  places(): Promise<Places[]> {
    return this.#page.evaluate(() => (window as unknown as Watched).__places);
  }
}

/** Runs in the page. */
function watchLayout(): void {
  const shifts: { withInput: Shift[]; withoutInput: Shift[] } = { withInput: [], withoutInput: [] };
  const places: Places[] = [];
  Object.assign(window, { __shifts: shifts, __places: places });
  interface LayoutShift extends PerformanceEntry {
    readonly value: number;
    readonly hadRecentInput: boolean;
    readonly sources: readonly { readonly node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
  }
  const element = document.querySelector('realtime-voice')!;
  const box = ({ x, y, width, height }: DOMRect): string => [x, y, width, height].map(Math.round).join(' ');
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
          const owner = node instanceof Element ? node : node?.parentElement;
          return `${node?.nodeName} ${owner?.className} in ${element.state}: ${box(previousRect)} → ${box(currentRect)}`;
        });
        shifts[entry.hadRecentInput ? 'withInput' : 'withoutInput'].push([entry.value.toFixed(5), ...moved]);
      }
    });
    observer.observe({ type: 'layout-shift' });
  }
  const look = (): void => {
    const parts = [...element.shadowRoot!.querySelectorAll('[part]')];
    const seen = parts.map((part) => [part.getAttribute('part')!, box(part.getBoundingClientRect())]);
    // Also where the text of the page below the element is.
    const below = element.nextElementSibling ? { below: box(element.nextElementSibling.getBoundingClientRect()) } : {};
    places.push({ ...Object.fromEntries(seen), ...below, state: element.state });
    requestAnimationFrame(look);
  };
  look();
}
