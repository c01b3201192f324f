import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { type Analysis, startAnalysis } from './deployed-analysis.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 12);
const FUNCTION = 'hotel-pay';
const GROUP = `/aws/lambda/${FUNCTION}`;
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';

let analysis: Analysis;
beforeAll(async () => {
  analysis = await startAnalysis(START_MS);
  analysis.sandbox.peers.logs.ensureLogGroup(GROUP);
  await analysis.settle();
});
afterAll(() => analysis?.stop());

async function minutes(count: number, figures: Omit<MinuteOfCalls, 'start'>): Promise<void> {
  for (let at = 0; at < count; at++) {
    const start = Math.floor(analysis.clock.now() / MINUTE_MS) * MINUTE_MS;
    await analysis.sandbox.peers.logs.write(GROUP, STREAM, minuteOfLogs(FUNCTION, { ...figures, start }));
    await analysis.settle(MINUTE_MS);
  }
  await analysis.settle(3_000);
  await analysis.settle(0);
}

async function findings() {
  const answer = await analysis.ask({ kind: 'by-function', functionName: FUNCTION });
  return answer.kind === 'findings' ? answer.findings : [];
}

test('healthy minutes give no finding', async () => {
  await minutes(45, { calls: 30 });

  expect(await findings()).toEqual([]);
});

test('errors are one finding, open within two minutes, and resolved when they end', async () => {
  const onset = Math.floor(analysis.clock.now() / MINUTE_MS) * MINUTE_MS;
  await minutes(2, { calls: 30, failures: 15 });

  const [found, ...more] = (await findings()).filter(({ state }) => state === 'open');
  expect(found).toMatchObject({ class: 'error-burst', state: 'open', openedAt: onset, resource: { name: FUNCTION } });
  expect(found?.evidence[0]?.text).toMatch(/\d/);
  expect(more).toEqual([]);

  await minutes(25, { calls: 30 });
  expect((await findings()).map(({ class: kind, state }) => ({ kind, state }))).toEqual([
    { kind: 'error-burst', state: 'resolved' },
  ]);
});
