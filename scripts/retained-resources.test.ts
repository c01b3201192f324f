import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { REPOSITORY } from './workspace-services.ts';

/** A first deploy that fails takes back what it made: all have fixed names, and the next try would meet them. */
test('what outlives its stack does not outlive a deploy that fails to make it', () => {
  const files = globSync('services/*/resources/**/*.yml', { cwd: REPOSITORY });
  const policies = files.flatMap((file) =>
    [...readFileSync(join(REPOSITORY, file), 'utf8').matchAll(/DeletionPolicy: (\w+)\n +(.*)/g)].map(
      ([, deletion, next]) => `${deletion}, ${next}`,
    ),
  );

  expect(policies.length).toBeGreaterThan(0);
  expect([...new Set(policies)].sort()).toEqual([
    'RetainExceptOnCreate, UpdateReplacePolicy: Retain',
    'Snapshot, UpdateReplacePolicy: Snapshot',
  ]);
});
