import type { Page } from 'puppeteer-core';

/** A task of the thread that runs the element: the page's main thread. */
export interface PageTask {
  /** Processor time of the whole task, in ms. Unlike its length, it does not grow when the machine is busy. */
  readonly processorMs: number;
  /** How often the browser called script of the element: a busy one hands over several messages in one task. */
  readonly calls: number;
  /** How often script made the browser lay out the page, instead of waiting for the next frame. */
  readonly forcedLayouts: number;
  /** The elements whose style was computed. */
  readonly restyled: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly tdur?: number;
  readonly args: {
    readonly src_func?: string;
    readonly data?: { readonly url?: string };
    readonly elementCount?: number;
  };
}

const isOurs = ({ args }: TraceEvent): boolean => /realtime-voice\.min\.js/.test(args.data?.url ?? '');
/** The task in which the browser makes a frame. It lays out what has changed, whatever scripts do. */
const makesFrame = ({ args }: TraceEvent): boolean => args.src_func === 'ScheduledActionSendBeginMainFrame';

/** Traces a page in Chromium during a step. */
export async function tasksDuring(page: Page, step: () => Promise<unknown>): Promise<PageTask[]> {
  await page.tracing.start({ categories: ['devtools.timeline', 'toplevel', 'v8'] });
  await step();
  const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
  const all = trace.traceEvents.filter(({ ph }) => ph === 'X');
  const calls = all.filter(({ name }) => name === 'FunctionCall');
  const first = calls.find(isOurs);
  if (!first) throw new Error('No script of the element ran.');
  const events = all.filter(({ pid, tid }) => pid === first.pid && tid === first.tid);
  const within = ({ ts, dur }: TraceEvent, among: readonly TraceEvent[]): TraceEvent[] =>
    among.filter((event) => event.ts >= ts && event.ts <= ts + dur);
  return events
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
    .map((task) => {
      const inside = within(task, events);
      const callsInside = inside.filter((event) => calls.includes(event));
      const isIn = (layout: TraceEvent, scripts: readonly TraceEvent[]): boolean =>
        scripts.some((script) => within(script, [layout]).length > 0);
      // Promises and modules run outside of calls. The calls that are not ours are those of the test.
      const ours = callsInside.filter(isOurs);
      const others = callsInside.filter((call) => !isOurs(call));
      const isForced = (layout: TraceEvent): boolean =>
        isIn(layout, ours) || (!makesFrame(task) && !isIn(layout, others));
      return {
        processorMs: (task.tdur ?? task.dur) / 1_000,
        calls: ours.length,
        forcedLayouts: inside.filter((event) => event.name === 'Layout' && isForced(event)).length,
        restyled: inside.reduce((sum, { args }) => sum + (args.elementCount ?? 0), 0),
      };
    });
}
