import type { Signal } from './rule.ts';
import { clock, number } from './words.ts';

const LEAST_MISSING = 2;
const LEAST_EXPECTED = 1;

/**
 * The source itself says that it knows nothing of these minutes: the function may be well or not. A state of its own, neither health nor a drop of
 * traffic. Two minutes in a row where at least a call a minute is usual.
 */
export function judgeMissing(start: number, missingMinutes: number, usualCalls: number): Signal | undefined {
  if (missingMinutes < LEAST_MISSING || usualCalls < LEAST_EXPECTED) return undefined;
  return {
    surprise: 20,
    severity: 'warning',
    magnitude: 1,
    title: 'sends no telemetry: whether it works is not known',
    explanation: `Nothing is known of this function since ${clock(start)}: neither calls nor quiet. Usually it has some ${number(Math.round(usualCalls))} calls a minute. The way of its logs is broken (subscription, log group, permissions), or the source of its metrics is.`,
    evidence: [
      {
        text: `The last minutes before ${clock(start)} are missing.`,
        metric: 'invocations',
        before: usualCalls,
        since: start,
      },
    ],
    lookAt: [{ text: 'Whether its log group is still subscribed, and the completeness of its audit' }],
  };
}
