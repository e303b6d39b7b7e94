import type { Browser } from 'puppeteer-core';
import { callTasks } from '../e2e/support/call-tasks.js';
import type { Row } from './row.js';

const CALLS = 3;
/** A longer task is a "long task" of the browser, in ms. */
const LONG = 50;

/** Measures the longest task of the main thread in several calls. */
export async function taskLength(browser: Browser, practiceUrl: string): Promise<Row[]> {
  const longest = { load: 0, start: 0, conversation: 0 };
  for (let n = 0; n < CALLS; n++) {
    const tasks = await callTasks(browser, practiceUrl);
    for (const part of ['load', 'start', 'conversation'] as const) {
      longest[part] = Math.max(longest[part], ...tasks[part].map(({ processorMs }) => processorMs));
    }
  }
  const row = (name: string, value: number): Row => ({ name: `longest task: ${name}`, value, unit: 'ms', limit: LONG });
  return [
    row('load and first render', longest.load),
    row('from the click until the call is ready', longest.start),
    row('two questions and their answers', longest.conversation),
  ];
}
