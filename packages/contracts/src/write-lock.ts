import { readFileSync, writeFileSync } from 'node:fs';
import { changedContracts, lockOf } from './lock.ts';

const file = new URL('../contracts.lock.json', import.meta.url);
const agreed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const current = lockOf();
const changed = changedContracts(agreed, current);
if (changed.length > 0 && !process.argv.includes('--breaking')) {
  console.error(
    `CONTRACT_CHANGED: ${changed.join(', ')}. Raise the version and keep the old contract, or, before the first release, pass --breaking.`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
}
