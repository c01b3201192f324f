import { readFileSync, writeFileSync } from 'node:fs';
import { lockOf, relock } from './lock.ts';

const file = new URL('../contracts.lock.json', import.meta.url);
try {
  const agreed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, relock(agreed, lockOf(), process.argv.includes('--breaking')));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
