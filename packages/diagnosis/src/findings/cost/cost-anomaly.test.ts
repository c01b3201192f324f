import { expect, test } from '@jest/globals';
import { costOfInvocation } from '@lamplighter/pricing';
import { type Core, NEW_CORE } from '../../assess/core.ts';
import { NO_RECENT } from '../../assess/recent.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import { withoutCalls } from '../../windows/observation.ts';
import { costAnomaly } from './cost-anomaly.ts';

const USUAL = { billedDurationMs: 200, memorySizeMb: 1_024 };
const NOW = { billedDurationMs: 600, memorySizeMb: 1_024 };
const CALLS = 1_000;

/** What is told of calls that take three times as long, by windows that are priced as x86_64. */
function told(architecture?: 'arm64') {
  const { baseline } = NEW_CORE;
  const core: Core = {
    ...NEW_CORE,
    minutes: 1_000,
    baseline: { ...baseline, callUsd: costOfInvocation(USUAL), load: { ...baseline.load, recent: CALLS } },
  };
  return costAnomaly.judge({
    context: { ...CONTEXT, ...(architecture && { architecture }) },
    seen: { ...withoutCalls(MONDAY), calls: CALLS, memorySizeMb: 1_024, costUsd: CALLS * costOfInvocation(NOW) },
    core,
    recent: NO_RECENT,
    silence: { minutes: 0, score: 0 },
    facts: [],
    since: MONDAY,
    isOpen: false,
  })?.evidence[0];
}

test.each([['arm64' as const], [undefined]])(
  'a dearer call is told at the price of what it runs on: %s',
  (architecture) => {
    const as = architecture === undefined ? {} : { architecture };

    expect(told(architecture)).toMatchObject({
      before: expect.closeTo(1e6 * costOfInvocation({ ...USUAL, ...as }), 6),
      after: expect.closeTo(1e6 * costOfInvocation({ ...NOW, ...as }), 6),
    });
  },
);
