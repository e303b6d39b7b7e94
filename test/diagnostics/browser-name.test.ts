import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browserName } from '../../src/diagnostics/browser-name.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

const AGENTS: Readonly<Record<string, readonly [browser: string, version: string, system: string]>> = {
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`]: ['Chrome', '141', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`]: ['Edge', '141', 'Windows'],
  [`${MAC} ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0`]: ['Opera', '125', 'macOS'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`]: [
    ...(['Samsung Internet', '28', 'Android'] as const),
  ],
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': ['Firefox', '140', 'Linux'],
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`]: ['Safari', '18.5', 'macOS'],
  [`${IPHONE} CriOS/141.0 Mobile/15E148 Safari/604.1`]: ['Chrome', '141', 'iOS'],
  'Something else': ['unknown', 'unknown', 'unknown'],
};

describe('the name of a browser', () => {
  for (const [agent, [browser, version, system]] of Object.entries(AGENTS)) {
    it(`is ${browser} for ${agent}`, () => assert.deepEqual(browserName(agent), { browser, version, system }));
  }
});
