import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem, type } from 'node:os';

/** One line on where and when something was measured. */
export function machine(...more: readonly string[]): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const cores = `${availableParallelism()} cores`;
  const day = new Date().toISOString().slice(0, 10);
  const parts = [cpus()[0]?.model.trim() ?? 'unknown processor', cores, memory, type()];
  return `Measured on ${day}: ${[...parts, `Node ${process.versions.node}`, ...more].join(', ')}.`;
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return `${name} ${version}`;
}
