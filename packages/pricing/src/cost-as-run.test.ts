import { expect, test } from '@jest/globals';
import { architectureAt, costAsRun } from './cost-as-run.ts';
import { costOfInvocation } from './cost-of-invocation.ts';

const CALL = { billedDurationMs: 200, memorySizeMb: 1_024 };
const audited = { usd: 1_000 * costOfInvocation(CALL), invocations: 1_000, at: 5 };

test('calls cost what they cost on what they ran on when they began', () => {
  const moved = { architecture: 'arm64', architectureSince: 5 } as const;

  expect(costAsRun(audited, moved)).toBeCloseTo(1_000 * costOfInvocation({ ...CALL, architecture: 'arm64' }), 12);
  expect(costAsRun({ ...audited, at: 4 }, moved)).toBeCloseTo(audited.usd, 12);
});

test('what a function runs on that is not known is x86_64, the dearer one', () => {
  expect(costAsRun(audited, {})).toBeCloseTo(audited.usd, 12);
  expect(architectureAt({}, 5)).toBeUndefined();
});

test('before a change back to x86_64 it was arm64', () => {
  expect(architectureAt({ architecture: 'x86_64', architectureSince: 5 }, 4)).toBe('arm64');
  expect(architectureAt({ architecture: 'x86_64' }, 4)).toBe('x86_64');
});
