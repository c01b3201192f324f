import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DeployedPrediction, startPrediction } from './deployed-prediction.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 12);
const FUNCTION = 'hotel-pay';
const GROUP = `/aws/lambda/${FUNCTION}`;
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';
const CALLS = 20;

let prediction: DeployedPrediction;
beforeAll(async () => {
  prediction = await startPrediction(START_MS, ['ingestion']);
  prediction.sandbox.peers.logs.ensureLogGroup(GROUP);
  await prediction.settle();
});
afterAll(() => prediction?.stop());

/** What a function's environment writes in a minute: a second of work each three seconds. */
function minuteOfLogs(start: number) {
  return Array.from({ length: CALLS }, (_, at) => {
    const requestId = `00000000-0000-4000-8000-${String(start / MINUTE_MS).padStart(9, '0')}${String(at).padStart(3, '0')}`;
    const begins = start + at * 2_900;
    return [
      { timestamp: begins, message: `START RequestId: ${requestId} Version: 7\n` },
      { timestamp: begins + 1_000, message: `END RequestId: ${requestId}\n` },
      {
        timestamp: begins + 1_000,
        message: `REPORT RequestId: ${requestId}\tDuration: 1000.00 ms\tBilled Duration: 1000 ms\tMemory Size: 512 MB\tMax Memory Used: 120 MB\t\n`,
      },
    ];
  }).flat();
}

test('log lines become forecasts of calls, duration and concurrency, and costs', async () => {
  for (let at = 0; at < 15; at++) {
    const start = Math.floor(prediction.clock.now() / MINUTE_MS) * MINUTE_MS;
    await prediction.sandbox.peers.logs.write(GROUP, STREAM, minuteOfLogs(start));
    await prediction.settle(MINUTE_MS);
  }
  await prediction.settle(3_000);
  await prediction.settle();

  const answer = await prediction.ask({ kind: 'forecasts', functionName: FUNCTION });
  const [foreseen] = answer.kind === 'forecasts' ? answer.forecasts : [];
  const first = Object.fromEntries(foreseen!.forecasts.map(({ metric, mean }) => [metric, Math.round(mean[0]!)]));

  expect(first).toEqual({ concurrency: 1, invocations: 5 * CALLS, duration: 1_000 });
  // 20 s of 0.5 GB and 20 requests a minute, x86.
  const perHour = 60 * (20 * 0.5 * 1.66667e-5 + CALLS * 2e-7);
  expect(foreseen!.cost.todayUsd).toBeGreaterThan(11 * perHour);
  expect(foreseen!.cost.todayUsd).toBeLessThan(12.5 * perHour);
});
