import { after } from 'node:test';

/**
 * The native WebRTC module can crash or hang while Node takes its environment down, long after every test has passed.
 * `process.exit` goes around that; the exit code set by the test runner stands.
 */
const GRACE_MS = 2000;

process.once('beforeExit', () => process.exit());
after(() => {
  setTimeout(() => process.exit(), GRACE_MS).unref();
});
