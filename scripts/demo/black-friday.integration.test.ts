import { join } from 'node:path';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../../packages/contracts/src/index.ts';
import type { InvocationStatus } from '../../packages/lambda-logs/src/index.ts';
import { type Architecture, costOfInvocation, idleCostPerHour } from '../../packages/pricing/src/index.ts';
import { startChromium } from '../benchmarks/console/chromium.ts';
import { REPOSITORY } from '../workspace-services.ts';
import { playBlackFriday, shortcoming } from './black-friday.ts';
import type { House } from './house/house.ts';
import type { DemoReport } from './report/compose-report.ts';
import { renderPage } from './report/page/render-page.ts';
import { renderReport } from './report/render-terminal.ts';
import { REHEARSAL } from './story/script.ts';

const paint = (_colour: unknown, text: string): string => text;

let house: House;
let report: DemoReport;
let consolePage: Response;
let close: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ house, report, close } = await playBlackFriday({
    script: REHEARSAL,
    port: 0,
    pace: async () => {},
    onStep: () => {},
    onTold: () => {},
    onChapter: () => {},
    async onOpen({ sandbox, stacks }) {
      // Node does not resolve names below localhost everywhere.
      consolePage = await fetch(
        `${sandbox.endpoint}/_cdn/${stacks.get('console')!.resources.Distribution!.physicalId}/`,
      );
    },
  }));
  // A minute and a half of two free cores; on a machine that is shared by many it takes its time.
}, 1_200_000);
afterAll(() => close?.());

test('a bad release is found by its version, rolled back by policy, verified and gone; nothing is lost', () => {
  const badRelease = report.truth.faults[1]!;

  expect(badRelease).toMatchObject({
    isGone: true,
    finding: { class: 'bad-deploy', isCauseRight: true },
    repair: { state: 'kept', verification: { metric: 'failure-share' } },
  });
  expect(badRelease.repair!.title).toMatch(/back from version 2 to 1$/);
  expect(report).toMatchObject({ completenessPct: 100, sandboxFaults: 0 });
});

/** How slow a query is, is real time: beside other work a machine's own noise can hide it, and then the report has to say so. */
test('the slow query is repaired and gone, or said to be neither', () => {
  const slowQuery = report.truth.faults[0]!;
  const isRepaired = slowQuery.repair?.state === 'kept';

  expect({ isGone: slowQuery.isGone, isShort: shortcoming(report) !== undefined }).toEqual({
    isGone: isRepaired,
    isShort: !isRepaired,
  });
  expect(renderReport(report, { paint }).includes('really gone no')).toBe(!isRepaired);
});

test("the report's calls and costs are those of the audit table, at the price book's prices", async () => {
  const attempts = await auditedAttempts();
  const expected = new Map<string, { audited: number; usd: number }>();
  const architectures = await architecturesOf(new Set(attempts.map(({ functionName }) => functionName)));
  for (const { functionName, billedDurationMs, memorySizeMb, startedAt } of attempts) {
    if (startedAt < report.from || startedAt >= report.until) continue;
    const sum = expected.get(functionName) ?? { audited: 0, usd: 0 };
    sum.audited += 1;
    sum.usd += costOfInvocation({ billedDurationMs, memorySizeMb, architecture: architectures.get(functionName)! });
    expected.set(functionName, sum);
  }

  expect(report.watched.length).toBe(expected.size);
  for (const { functionName, audited, invoked, usd } of report.watched) {
    expect({ functionName, audited }).toEqual({ functionName, audited: expected.get(functionName)?.audited });
    expect({ functionName, invoked }).toEqual({ functionName, invoked: audited });
    expect(usd).toBeCloseTo(expected.get(functionName)!.usd, 12);
  }
  expect(report.cost.callsUsd).toBeCloseTo(
    [...expected.values()].reduce((sum, { usd }) => sum + usd, 0),
    12,
  );
});

test('calls that failed or started an environment are those of the audit table, and no more is said to be complete', async () => {
  const attempts = (await auditedAttempts()).filter(
    ({ startedAt }) => startedAt >= report.from && startedAt < report.until,
  );
  for (const { functionName, failed, coldStarts } of report.watched) {
    const own = attempts.filter((attempt) => attempt.functionName === functionName);
    expect({ functionName, failed, coldStarts }).toEqual({
      functionName,
      failed: own.filter(({ status }) => status !== 'success' && status !== 'unknown').length,
      coldStarts: own.filter(({ coldStart }) => coldStart).length,
    });
  }
  const called = report.watched.reduce((sum, { invoked }) => sum + invoked, 0);
  const audited = report.watched.reduce((sum, one) => sum + Math.min(one.audited, one.invoked), 0);
  expect(report.completenessPct).toBe((100 * audited) / called);
});

test('findings and repairs are those that the services hold, with their cause, their times and their proof', async () => {
  expect(report.truth.faults.map(({ finding }) => finding !== undefined)).toContain(true);
  for (const { injectedAt, finding, repair } of report.truth.faults) {
    if (finding !== undefined) {
      const [cause] = (await findingOf(finding.findingId)).causes ?? [];
      expect(await findingOf(finding.findingId)).toMatchObject({ title: finding.title, class: finding.class });
      expect(finding.cause?.share).toBe(cause?.share);
      expect(finding.afterMs).toBeGreaterThan(0);
    }
    if (repair === undefined) continue;
    const held = await house.remediations({ kind: 'by-id', remediationId: repair.remediationId });
    if (held.kind !== 'remediation') throw new Error(`${repair.remediationId} is not held.`);
    const { state, title, verification, appliedAt } = held.remediation;
    expect({ state, title, verification }).toEqual({
      state: repair.state,
      title: repair.title,
      verification: repair.verification,
    });
    expect(repair.appliedAfterMs).toBe(appliedAt === undefined ? undefined : appliedAt - injectedAt);
  }
});

test('every other finding of the time is told as advice or as a false alarm', async () => {
  const answer = await house.findings({ kind: 'recent', limit: 200 });
  const held = answer.kind === 'findings' ? answer.findings.map(({ findingId }) => findingId) : [];
  const told = [...report.truth.falseAlarms, ...report.truth.advice].map(({ findingId }) => findingId);
  const ofFaults = report.truth.faults.flatMap(({ finding }) => (finding ? [finding.findingId] : []));

  expect(told.filter((id) => !held.includes(id))).toEqual([]);
  expect(told.filter((id) => ofFaults.includes(id))).toEqual([]);
  expect(new Set(told).size).toBe(told.length);
});

test('alerts are those of the outbox, and every message that arrived is counted', async () => {
  const answer = await house.alerts({ kind: 'recent', limit: 200 });
  const held = answer.kind === 'alerts' ? answer.alerts : [];

  expect(report.alerts.map(({ alertId, closedAt }) => ({ alertId, closedAt }))).toEqual(
    held.map(({ alertId, closedAt }) => ({ alertId, closedAt })),
  );
  expect(report.paged + report.chatted).toBeGreaterThan(0);
});

test('forecasts are as good as their points say', () => {
  const { points, wape, coverage95Pct } = report.forecasts;
  const came = points.reduce((sum, { actual }) => sum + actual, 0);
  const off = points.reduce((sum, { mean, actual }) => sum + Math.abs(mean - actual), 0);
  const within = points.filter(({ lower, upper, actual }) => lower <= actual && actual <= upper).length;

  expect(wape).toBeCloseTo(off / Math.max(1, came), 12);
  expect(coverage95Pct).toBeCloseTo((100 * within) / points.length, 12);
});

test('nobody is woken but for the faults', () => {
  const urgent = report.alerts.filter(({ severity }) => severity !== 'info');

  expect(report.paged).toBeGreaterThan(0);
  expect(urgent.length).toBeGreaterThan(0);
  for (const { openedAt } of urgent) expect(openedAt).toBeGreaterThanOrEqual(report.truth.faults[0]!.injectedAt);
  expect(report.idle.applicationCalls).toBe(0);
});

test('at rest Lamplighter costs nothing by the hour', () => {
  const own = [...house.templates].filter(([name]) => name !== 'reservation').map(([, template]) => template);

  expect(report.idle.lamplighterUsdPerHour).toBe(idleCostPerHour(own));
  expect(report.idle.lamplighterUsdPerHour).toBeLessThan(0.01);
  expect(report.idle.hourlyResources).toBe(0);
});

test('forecasts are held against what the audit counted', async () => {
  const attempts = await auditedAttempts();
  expect(report.forecasts.points.length).toBeGreaterThan(0);
  for (const { startsAt, stepMs, actual } of report.forecasts.points) {
    const came = attempts.filter(({ startedAt }) => startedAt >= startsAt && startedAt < startsAt + stepMs).length;
    expect({ startsAt, actual }).toEqual({ startsAt, actual: came });
  }
});

test('the console is open, and both reports can be shown', async () => {
  expect(consolePage.status).toBe(200);
  expect(await consolePage.text()).toContain('<script');
  expect(renderPage(report)).toContain('bad release, version 2');
  expect(renderReport(report, { paint })).toContain('2 injected, ');
});

/** The picture of the README: made by `SCREENSHOTS=1`, since each run would change its bytes. */
(process.env.SCREENSHOTS ? test : test.skip)('the report is taken a picture of', async () => {
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1_000 } });
    await page.setContent(renderPage(report));
    await page.screenshot({ path: join(REPOSITORY, 'docs', 'images', 'demo-report.png') });
  } finally {
    await browser.close();
  }
});

async function findingOf(findingId: string): Promise<Finding> {
  const held = await house.findings({ kind: 'by-id', findingId });
  if (held.kind !== 'finding') throw new Error(`${findingId} is not held.`);
  return held.finding;
}

/** What Lambda itself says that functions run on. */
async function architecturesOf(names: ReadonlySet<string>): Promise<ReadonlyMap<string, Architecture>> {
  const client = house.sandbox.client(LambdaClient);
  const asked = [...names].map(async (FunctionName) => {
    const { Architectures: [architecture] = [] } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return [FunctionName, architecture!] as const;
  });
  return new Map(await Promise.all(asked));
}

interface AuditedAttempt {
  readonly functionName: string;
  readonly startedAt: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly status: InvocationStatus;
  readonly coldStart: boolean;
}

/** Every attempt in the audit table itself, past all query functions. */
async function auditedAttempts(): Promise<AuditedAttempt[]> {
  const client = house.sandbox.client(DynamoDBClient);
  const attempts: AuditedAttempt[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: 'lamplighter-dev-audit' })) {
    for (const item of Items.map((one) => unmarshall(one))) {
      if (item.sk === 'INVOCATION') attempts.push(...(item.attempts as AuditedAttempt[]));
    }
  }
  return attempts;
}
