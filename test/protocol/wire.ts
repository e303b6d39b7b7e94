import { realtime } from '../../src/protocol/realtime.js';
import type { Signal, WireEvent } from '../../src/protocol/signals.js';

/** Reads an event as it comes off the wire: what JSON cannot carry is not in it. */
export function read(event: object): Signal[] {
  return realtime.read(JSON.parse(JSON.stringify(event)) as WireEvent);
}

/** The one signal of an event that has exactly one. */
export function readOne(event: object): Signal {
  const [signal, ...more] = read(event);
  if (!signal || more.length > 0)
    throw new Error(`${JSON.stringify(event)} gave ${more.length + (signal ? 1 : 0)} signals.`);
  return signal;
}
