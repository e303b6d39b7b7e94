import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type BundleSize, bundleSize, sizeTable } from './bundle-size.js';

/** `npm run size`: prints the size of the built drop-in file and records it as what size.test.ts compares with. */
const RECORD = 'test/packaging/size.json';
const before = existsSync(RECORD) ? (JSON.parse(readFileSync(RECORD, 'utf8')) as BundleSize) : undefined;
const size = bundleSize();
console.log(sizeTable(size, before));
writeFileSync(RECORD, `${JSON.stringify(size, null, 2)}\n`);
console.log(`Recorded in ${RECORD}. Say in the commit message why the size has changed.`);
