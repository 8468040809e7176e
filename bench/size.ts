/**
 * `npm run size`: what a page loads before it shows anything, gzipped: the entry and everything it
 * imports statically. Chunks loaded on demand are listed, not counted. Fails above the limit.
 */
import { relative } from 'node:path';
import { BUNDLE, buildBundle, ENTRY, firstLoad, gzip, kib, scripts } from './first-load.js';

const LIMIT = 45 * 1024;

buildBundle();

const row = (name: string, bytes: number): string => `  ${name.padEnd(46)} ${kib(bytes)}`;
const named = (file: string): string => relative(BUNDLE, file).replaceAll('\\', '/');

const first = [...firstLoad(ENTRY)];
const onDemand = scripts().filter((file) => !first.includes(file));
const total = first.reduce((sum, file) => sum + gzip(file), 0);

console.log('First load (gzip)');
for (const file of first) console.log(row(named(file), gzip(file)));
console.log(row('total', total));
console.log(row('limit', LIMIT));
if (onDemand.length > 0) console.log('\nOn demand (gzip)');
for (const file of onDemand) console.log(row(named(file), gzip(file)));

if (total > LIMIT) {
  console.error(`\nThe first load is ${((total - LIMIT) / 1024).toFixed(1)} KiB above the limit.`);
  process.exit(1);
}
