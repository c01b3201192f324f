import { readFileSync, writeFileSync } from 'node:fs';
import { lockOf } from './lock.ts';

const file = new URL('../contracts.lock.json', import.meta.url);
const agreed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const current = lockOf();
const changed = Object.keys(agreed).filter((key) => JSON.stringify(agreed[key]) !== JSON.stringify(current[key]));
if (changed.length > 0 && !process.argv.includes('--breaking')) {
  console.error(
    `CONTRACT_CHANGED: ${changed.join(', ')}. Raise the version and keep the old contract, or, before the first release, pass --breaking.`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
}
