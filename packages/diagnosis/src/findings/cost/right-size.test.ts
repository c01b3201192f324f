import { expect, test } from '@jest/globals';
import { costOfInvocation } from '@lamplighter/pricing';
import { type Core, NEW_CORE, type SizeRecord } from '../../assess/core.ts';
import { NO_RECENT } from '../../assess/recent.ts';
import { binOf } from '../../statistics/histogram.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import { rightSizeAdvice } from './right-size.ts';

const DAY_MS = 86_400_000;
const CALLS = 10_000;
const BILLED_MS = 205;

/** Calls of which most of the time is waiting, with their cost as ingestion tells it: by x86_64's price. */
const sizeOf = (memorySizeMb: number): SizeRecord => ({
  memorySizeMb,
  calls: CALLS,
  costUsd: CALLS * costOfInvocation({ billedDurationMs: BILLED_MS, memorySizeMb }),
  durations: [[binOf(200), CALLS]],
  maxMemoryUsedMb: 100,
  firstAt: MONDAY,
  lastAt: MONDAY,
});

function usdPerMillion(architecture: 'arm64' | 'x86_64'): number | undefined {
  const load = { ...NEW_CORE.baseline.load, recent: 1_000 };
  const core: Core = {
    ...NEW_CORE,
    firstAt: MONDAY,
    baseline: { ...NEW_CORE.baseline, load },
    sizes: [sizeOf(512), sizeOf(1_024)],
  };
  const seen = { start: MONDAY + 2 * DAY_MS, memorySizeMb: 1_024 } as Parameters<
    typeof rightSizeAdvice.judge
  >[0]['seen'];
  return rightSizeAdvice.judge({
    context: { ...CONTEXT, architecture },
    seen,
    core,
    recent: NO_RECENT,
    silence: { minutes: 0, score: 0 },
    facts: [],
    since: seen.start,
    isOpen: false,
  })?.evidence[0]?.before;
}

test.each([
  ['x86_64', 1],
  ['arm64', 0.8],
] as const)('what was billed on %s is read from costs that are told by the price of x86_64', (architecture, share) => {
  const computeUsd = 1e6 * costOfInvocation({ billedDurationMs: BILLED_MS, memorySizeMb: 1_024 }) - 0.2;
  const known = usdPerMillion(architecture) ?? 0;
  expect((known - 0.2) / computeUsd / share).toBeCloseTo(1, 1);
});
