import { Bench, type HostileCase } from './bench.js';
import { bodyCases } from './body-cases.js';
import { hookCases } from './hook-cases.js';
import { humanCases } from './human-cases.js';
import { limitCases } from './limit-cases.js';
import { locationCases } from './location-cases.js';
import { optionCases } from './option-cases.js';
import { requestCases } from './request-cases.js';
import { upstreamCases } from './upstream-cases.js';

/** All hostile cases for the server handlers, for any runtime. */
export const HOSTILE_CASES: readonly HostileCase[] = [
  ...requestCases,
  ...bodyCases,
  ...locationCases,
  ...hookCases,
  ...humanCases,
  ...upstreamCases,
  ...limitCases,
  ...optionCases,
];

export async function runCase({ run }: HostileCase): Promise<void> {
  const bench = await Bench.open();
  try {
    await run(bench);
  } finally {
    await bench.close();
  }
}
