import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { GuardrailConfig } from '@lamplighter/remedies';
import { LONGEST_MOVE_MS } from '../src/steps/verify-repair.ts';
import { MOST_WAIT_MS } from '../src/steps/waited-too-long.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: an execution that has more fails. */
const MOST_EVENTS = 25_000;
/** Wait and choice are entered and left; a task is scheduled, starts and succeeds beside. */
const EVENTS_A_LOOK = 2 + 2 + 5;
/** States on the way, and calls that have to be repeated. */
const OTHER_EVENTS = 3_000;

const text = readFileSync(join(import.meta.dirname, '../resources/repair.yml'), 'utf8');
const secondsOf = (wait: string): number =>
  Number(new RegExp(`\\n {6}${wait}:\\n {8}Type: Wait\\n {8}Seconds: (\\d+)`).exec(text)![1]);
const looks = (ms: number, wait: string): number => Math.ceil(ms / 1000 / secondsOf(wait)) * EVENTS_A_LOOK;

/** What the guardrails make of minutes without a verdict; 0 where they refuse them. */
const readAs = (verdictMinutes: number): number =>
  GuardrailConfig.safeParse({ verdictMinutes }).data?.verdictMinutes ?? 0;

test('an execution that waits as long as it may at every place has fewer events than AWS allows', () => {
  const verdictMinutes = Math.max(...Array.from({ length: 3_000 }, (_, minutes) => readAs(minutes)));

  const most =
    looks(MOST_WAIT_MS, 'WaitForOthers') +
    looks(MOST_WAIT_MS, 'WaitForTurn') +
    looks(Math.max(verdictMinutes * 60_000, LONGEST_MOVE_MS), 'LookAtMinutes');

  expect(most + OTHER_EVENTS).toBeLessThan(MOST_EVENTS);
});

test('a withdrawal that waits a fortnight for the kill switch has fewer events than AWS allows', () => {
  const fortnightMs = Number(/TimeoutSeconds: (\d{6,})/.exec(text)![1]) * 1000;

  expect(looks(fortnightMs, 'WaitToWithdraw') + OTHER_EVENTS).toBeLessThan(MOST_EVENTS);
});

const DAY_S = 86_400;
/** Scheduled, started, failed, and what the try itself adds. */
const EVENTS_A_TRY = 4;

test('how a repair ended is written down, and its lock given back, through two days in which nothing can be written', () => {
  const states = text.split(/\n(?= {6}\w+:\n)/).filter((state) => /Payload:\s*\{\s*step: record/.test(state));
  const numberIn = (state: string, key: string): number => Number(new RegExp(`${key}: (\\d+)`).exec(state)![1]);

  expect(states).toHaveLength(7);
  for (const state of states) {
    const [tries, mostS] = [numberIn(state, 'MaxAttempts'), numberIn(state, 'MaxDelaySeconds')];
    // Full jitter waits half of it on average.
    expect((tries * mostS) / 2).toBeGreaterThan(2 * DAY_S);
    expect(tries * EVENTS_A_TRY).toBeLessThan(OTHER_EVENTS);
  }
});
