import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'puppeteer-core';

/** Processor time in seconds, from /proc: unlike the length of a task, it does not grow when the machine is busy. */
export interface ThreadTime {
  /** The main threads of all pages. */
  readonly main: number;
  /** What draws: the compositor and raster threads of the pages, and the whole GPU process. */
  readonly drawing: number;
  /** All threads of all pages. */
  readonly pages: number;
}

const TICKS_PER_SECOND = 100;

export async function threadTime(browser: Browser): Promise<ThreadTime> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await (session as CDPSession).send('SystemInfo.getProcessInfo');
  await session.detach();
  const time = { main: 0, drawing: 0, pages: 0 };
  for (const { id, type } of processInfo) {
    if (type !== 'renderer' && type !== 'GPU') continue;
    for (const thread of threadsOf(id)) {
      if (type === 'renderer') time.pages += thread.seconds;
      if (type === 'renderer' && thread.id === id) time.main += thread.seconds;
      if (type === 'GPU' || /^(Compositor|ThreadPool|VizCompositor)/.test(thread.name)) time.drawing += thread.seconds;
    }
  }
  return time;
}

function threadsOf(process: number): { id: number; name: string; seconds: number }[] {
  return readdirSync(`/proc/${process}/task`).map((id) => {
    // `id (name) state …`: the name may hold spaces. Fields 14 and 15 of proc(5) are ticks in and below the process.
    const [, name = '', rest = ''] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${process}/task/${id}/stat`, 'utf8'))!;
    const fields = rest.split(' ');
    return { id: Number(id), name, seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  });
}
