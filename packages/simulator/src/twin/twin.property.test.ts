import { describe, expect, test } from '@jest/globals';
import { usdOf } from '@lamplighter/pricing';
import fc from 'fast-check';
import { LIMITS } from '../aws/limits.ts';
import { createScenario } from '../scenario/parse-scenario.ts';
import { anyScenario } from '../testing/scenarios.ts';
import { Twin } from './twin.ts';

const RUNS = { numRuns: 12 };

describe('the twin', () => {
  test('loses and doubles nothing, at every instant', () => {
    fc.assert(
      fc.property(anyScenario, (input) => {
        const twin = new Twin(createScenario(input));
        while (!twin.isOver) {
          twin.advanceTo(twin.now + twin.scenario.tick);
          const wrong = unaccounted(twin);
          if (wrong.length > 0) expect(wrong).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('never creates more environments than the scaling rate lets it, nor runs more than the account may', () => {
    fc.assert(
      fc.property(anyScenario, (input) => {
        const scenario = createScenario(input);
        const { concurrency } = scenario.account;
        const twin = new Twin(scenario);
        const created = new Map([...twin.parts.functions.keys()].map((name) => [name, [] as number[]]));
        const grown = new Map([...twin.parts.functions.keys()].map((name) => [name, [] as number[]]));
        const before = new Map<string, number>();
        let most = 0;
        let mostOverReserved = Number.NEGATIVE_INFINITY;
        // Provisioned environments are allocated at a rate of their own, and anew for a new version.
        const provisionedOf = ({ provisioned }: { provisioned: { requested: number } }): number =>
          provisioned.requested;
        while (!twin.isOver) {
          twin.advanceTo(twin.now + scenario.tick);
          const functions = [...twin.parts.functions.values()];
          most = Math.max(
            most,
            functions.reduce((sum, { inFlight }) => sum + inFlight, 0),
          );
          for (const each of functions) {
            created.get(each.name)!.push(each.last.created);
            grown
              .get(each.name)!
              .push(
                Math.max(0, each.environments - provisionedOf(each) - (before.get(each.name) ?? 0) - each.last.created),
              );
            before.set(each.name, each.environments);
            mostOverReserved = Math.max(mostOverReserved, each.inFlight - (each.reserved ?? concurrency));
          }
        }
        expect(most).toBeLessThanOrEqual(concurrency);
        expect(mostOverReserved).toBeLessThanOrEqual(0);
        expect([...grown.values()].flatMap((counts) => counts.filter((count) => count > 0))).toEqual([]);
        for (const counts of created.values())
          expect(largestSum(counts, LIMITS.scalingPeriodMs / scenario.tick)).toBeLessThanOrEqual(
            LIMITS.environmentsPerScalingPeriod,
          );
      }),
      RUNS,
    );
  });

  test('costs what the price book says its quantities cost', () => {
    fc.assert(
      fc.property(anyScenario, (input) => {
        const twin = new Twin(createScenario(input));
        const windows = twin.advanceTo(twin.endsAt);
        const usage = twin.parts.meter.usage();
        const amountOf = (quantity: string): number =>
          usage.filter((each) => each.quantity === quantity).reduce((sum, { amount }) => sum + amount, 0);
        const again =
          (amountOf('lambdaRequests') * usdOf('lambda.requests')) / 1e6 +
          amountOf('lambdaGbSecondsX86') * usdOf('lambda.duration_x86_tier1') +
          amountOf('lambdaGbSecondsArm') * usdOf('lambda.duration_arm_tier1') +
          amountOf('provisionedGbSecondsX86') * usdOf('lambda.provisioned_concurrency_x86') +
          amountOf('provisionedRunGbSecondsX86') * usdOf('lambda.provisioned_duration_x86') +
          (amountOf('httpApiRequests') * usdOf('apigateway.http_api_first_300M')) / 1e6 +
          amountOf('streamHours') * usdOf('kinesis.ondemand_stream_hour') +
          amountOf('streamGbIn') * usdOf('kinesis.ondemand_ingest') +
          amountOf('streamGbOut') * usdOf('kinesis.ondemand_retrieve') +
          (amountOf('queueRequests') * usdOf('sqs.standard_first_100B')) / 1e6 +
          (amountOf('tableWrites') * usdOf('dynamodb.ondemand_wru')) / 1e6 +
          (amountOf('tableReads') * usdOf('dynamodb.ondemand_rru')) / 1e6 +
          amountOf('acuHours') * usdOf('aurora.serverless_v2_acu_hour') +
          (amountOf('databaseIo') * usdOf('aurora.io_requests')) / 1e6 +
          (amountOf('dataApiRequests') * usdOf('aurora.data_api_first_1B')) / 1e6 +
          amountOf('valkeyGbHours') * usdOf('elasticache_serverless.valkey_storage') +
          (amountOf('valkeyEcpu') * usdOf('elasticache_serverless.valkey_ecpu')) / 1e6 +
          (amountOf('cdnRequests') * usdOf('cloudfront.https_requests')) / 1e6 +
          amountOf('cdnGb') * twin.scenario.assumptions.cdnUsdPerGb;
        const perSecond = twin.series.get('costUsd').reduce((sum, usd) => sum + usd, 0);
        expectNear(twin.parts.meter.total, again);
        expectNear(perSecond, again);
        expect(windows.reduce((sum, { invocations }) => sum + invocations, 0)).toBe(amountOf('lambdaRequests'));
        if (amountOf('provisionedRunGbSecondsX86') === 0)
          expectNear(
            windows.reduce((sum, { costUsd }) => sum + costUsd, 0),
            usage.filter(({ quantity }) => quantity.startsWith('lambda')).reduce((sum, { usd }) => sum + usd, 0),
          );
      }),
      RUNS,
    );
  });

  test('the same seed gives the same bytes, however the time is cut', () => {
    fc.assert(
      fc.property(anyScenario, fc.integer({ min: 1, max: 100_000 }), (input, stepMs) => {
        const scenario = createScenario(input);
        const atOnce = new Twin(scenario);
        const windows = atOnce.advanceTo(atOnce.endsAt);
        const inSteps = new Twin(scenario);
        const stepped = [];
        while (!inSteps.isOver) stepped.push(...inSteps.advanceTo(inSteps.now + stepMs));
        expect(JSON.stringify(stepped)).toBe(JSON.stringify(windows));
        expect(JSON.stringify(inSteps.state())).toBe(JSON.stringify(atOnce.state()));
      }),
      { numRuns: 6 },
    );
  });
});

/** What does not add up, as text; nothing where everything does. */
function unaccounted({ parts }: Twin): string[] {
  const wrong: string[] = [];
  const check = (name: string, came: number, ...went: number[]): void => {
    const sum = went.reduce((total, each) => total + each, 0);
    if (came !== sum || Math.min(...went) < 0) wrong.push(`${name}: ${came} came, ${went.join(' + ')} went`);
  };
  for (const each of parts.functions.values()) {
    const { requests, throttled, ok, failed, inFlight } = each.counts();
    check(each.name, requests, throttled, ok, failed, inFlight);
  }
  for (const [name, { client }] of parts.apis)
    check(name, client.requests, client.served, client.throttledCount, client.failed, client.inFlight);
  for (const [name, client] of parts.clients)
    check(name, client.requests, client.served, client.throttledCount, client.failed, client.inFlight);
  for (const [name, cdn] of parts.cdns) check(name, cdn.requests, cdn.hits, cdn.forwarded);
  for (const [name, each] of parts.streamMappings) {
    const { accepted, expired } = parts.streams.get(name)!;
    check(name, accepted, each.processed, each.givenUp, each.waiting, each.inBatches, expired);
  }
  for (const [name, each] of parts.queueMappings) {
    const { received, size } = parts.queues.get(name)!;
    check(name, received, each.deleted, each.deadLettered, size, each.hidden, each.inBatches, each.poisonous);
  }
  for (const [name, each] of parts.events)
    check(name, each.received, each.done, each.givenUp, each.waiting, each.inFlight);
  return wrong;
}

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 + 1e-6 * Math.abs(expected));
}

/** The largest sum of so many counts in a row. */
function largestSum(counts: readonly number[], length: number): number {
  let sum = 0;
  let largest = 0;
  for (const [index, count] of counts.entries()) {
    sum += count - (counts[index - length] ?? 0);
    largest = Math.max(largest, sum);
  }
  return largest;
}
