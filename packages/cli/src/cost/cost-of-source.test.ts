import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InvocationStory } from '@lamplighter/contracts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { storeStories } from '../audit/source/store-stories.ts';
import { storedAuditSource } from '../audit/source/stored-stories.ts';
import { costOfSource } from './cost-of-source.ts';
import { renderCost } from './render-cost.ts';

/** The last day of a month of 31 days. */
const START = Date.UTC(2026, 0, 31);
const ALL = { since: 0, until: Number.MAX_SAFE_INTEGER };
const plain = (_colour: string, text: string): string => text;
let folder: string;
let source: AuditSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lamplighter-cost-'));
  await storeStories(join(folder, 'replay'), stories());
  source = await storedAuditSource(join(folder, 'replay'));
});
afterAll(() => rm(folder, { recursive: true }));

test('twelve hours of two functions cost what their calls cost, and the day and month go on like them', async () => {
  const { costs, lamplighter } = await costOfSource(source, ALL, undefined);
  const of = (name: string) => costs.find(({ resource }) => resource.name === name)!.cost;

  // 720 minutes: one call of a tenth of a cent each; two of them in `pay`.
  expect(of('book').monthSoFarUsd).toBeCloseTo(0.72);
  expect(of('book').monthUsd).toBeCloseTo(1.44);
  expect(of('pay').todayUsd).toBeCloseTo(2.88);
  expect(of('123456789012').monthUsd).toBeCloseTo(4.32);
  expect(lamplighter.monthUsd).toBeGreaterThan(0);
});

test('an account costs what its functions cost, one that was first called late among them', async () => {
  const late = join(folder, 'late');
  await storeStories(late, lateStories());
  const { costs } = await costOfSource(await storedAuditSource(late), ALL, undefined);
  const figures = (type: string) =>
    costs
      .filter(({ resource }) => resource.type === type)
      .map(({ cost }) => cost)
      .reduce((sum, cost) => [sum[0]! + cost.todayUsd, sum[1]! + cost.monthUsd], [0, 0]);

  const [today = 0, month = 0] = figures('account');
  expect(figures('lambda-function')).toEqual([expect.closeTo(today, 9), expect.closeTo(month, 9)]);
  expect(month).toBeGreaterThan(0);
});

test('one function is asked for by its name', async () => {
  const { costs } = await costOfSource(source, ALL, 'pay');

  expect(costs.map(({ resource }) => resource.name)).toEqual(['pay']);
});

test('whoever asks for a function that was not seen hears which were', async () => {
  await expect(costOfSource(source, ALL, 'pey')).rejects.toMatchObject({
    code: 'unknown-function',
    wayOut: 'Functions there: book, pay.',
  });
});

test('the table says what is measured and what is computed', async () => {
  const text = renderCost(await costOfSource(source, ALL, undefined), plain);

  expect(text).toMatch(/account 123456789012 us-east-1 +\$2\.16 +\$4\.32/);
  expect(text).toContain("Measured, from the functions' own logs");
  expect(text).toContain('Priced as x86_64, since logs do not tell the architecture');
  expect(text).toContain('provisioned concurrency');
  expect(text).toContain('computed from its design and the price book, not measured');
  expect(text).toMatch(/Lamplighter itself, for watching all of them: \$[\d.]+ that month, plus \$3\.61 standing/);
});

test('of logs the day and the month are theirs, of a deployment those of today', async () => {
  const { asOf, ...rest } = await costOfSource(source, ALL, undefined);

  expect(asOf).toBe(START + 720 * 60_000);
  const ofLogs = renderCost({ ...rest, asOf: asOf! }, plain);
  expect(ofLogs).toContain('The day and the month are those in which the logs end: 2026-01-31 12:00 UTC.');
  expect(ofLogs).not.toMatch(/today|this month/i);
  expect(renderCost(rest, plain)).toMatch(/today so far +today +this month so far +this month/);
});

test('in a window of 80 columns the month stays, and what finds no room is named', async () => {
  const text = renderCost(await costOfSource(source, ALL, undefined), plain, 80);
  const [table = ''] = text.split('\n\n');

  expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(table).toContain('that month');
  expect(table).toMatch(/Not shown in a window so narrow: .*known until/);
});

test('the architectures are as far apart as their prices', async () => {
  const report = await costOfSource(source, ALL, undefined);

  // $0.0000166667 and $0.0000133334 a GB-second: a fifth less is a quarter more the other way.
  expect(renderCost(report, plain)).toContain('duration on arm64 costs a fifth less');
  expect(renderCost({ ...report, pricedAs: 'configured' }, plain)).toContain('as x86_64, a quarter dearer,');
});

test('a band is told once hours differ, and not before', async () => {
  const { costs, ...rest } = await costOfSource(source, ALL, 'pay');
  const [one] = costs;
  const wide = { ...one!, cost: { ...one!.cost, monthLowerUsd: 1, monthUpperUsd: 4 } };
  const narrow = { ...one!, cost: { ...one!.cost, basis: 'run-rate' as const, monthLowerUsd: 2, monthUpperUsd: 2 } };

  expect(renderCost({ costs: [wide], ...rest }, plain)).toMatch(/\$1\.00 to \$4\.00/);
  expect(renderCost({ costs: [narrow], ...rest }, plain)).toMatch(/not known yet/);
});

async function* stories(): AsyncGenerator<InvocationStory> {
  for (let minute = 0; minute < 720; minute++) {
    yield story('book', minute, 0);
    yield story('pay', minute, 1);
    yield story('pay', minute, 2);
  }
}

/** Of two hours the last five minutes. */
async function* lateStories(): AsyncGenerator<InvocationStory> {
  for (let minute = 0; minute < 120; minute++) {
    yield story('book', minute, 0);
    if (minute >= 115) yield story('pay', minute, 1);
  }
}

function story(functionName: string, minute: number, call: number): InvocationStory {
  const figures = {
    version: '7',
    logStream: 's',
    startedAt: START + minute * 60_000 + call * 1_000,
    durationMs: 100,
    billedDurationMs: 100,
    memorySizeMb: 512,
    maxMemoryUsedMb: 90,
    coldStart: false,
    status: 'success' as const,
    logLines: 0,
    costUsd: 0.001,
    missing: [],
  };
  const invocation = {
    ...figures,
    requestId: `${functionName}-${minute}-${call}`,
    functionName,
    accountId: '123456789012',
    region: 'us-east-1',
    logGroup: `/aws/lambda/${functionName}`,
    messages: [],
    attempts: 1,
  };
  return { invocation, attempts: [figures], lines: [], linesOmitted: 0 };
}
