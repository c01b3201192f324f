import type { Signal } from '../rule.ts';
import { clock, number } from '../words.ts';

const MINUTE_MS = 60_000;
const LEAST_MISSING = 2;
const LEAST_EXPECTED = 1;

/**
 * The source itself says that it knows nothing of these minutes: the function may be well or not. A state of its own, neither health nor a drop of
 * traffic. Two minutes in a row where at least a call a minute is usual; it began with the first of them.
 */
export function judgeMissing(newest: number, missingMinutes: number, usualCalls: number): Signal | undefined {
  if (missingMinutes < LEAST_MISSING || usualCalls < LEAST_EXPECTED) return undefined;
  const since = newest - (missingMinutes - 1) * MINUTE_MS;
  return {
    surprise: 20,
    severity: 'warning',
    magnitude: 1,
    since,
    title: 'sends no telemetry: whether it works is not known',
    explanation: `Nothing is known of this function since ${clock(since)}: neither calls nor quiet. Usually it has some ${number(Math.round(usualCalls))} calls a minute. The way of its logs is broken (subscription, log group, permissions), or the source of its metrics is.`,
    evidence: [
      {
        text: `The minutes from ${clock(since)} to ${clock(newest)} are missing.`,
        metric: 'invocations',
        before: usualCalls,
        since,
      },
    ],
    lookAt: [{ text: 'Whether its log group is still subscribed, and the completeness of its audit' }],
  };
}
