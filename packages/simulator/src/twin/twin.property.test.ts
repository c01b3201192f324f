import { describe, expect, test } from '@jest/globals';
import { usdOf } from '@lamplighter/pricing';
import fc from 'fast-check';
import { LIMITS } from '../aws/limits.ts';
import { createScenario } from '../scenario/parse-scenario.ts';
import { anyScenario } from '../testing/scenarios.ts';
import { Twin } from './twin.ts';

const RUNS = { numRuns: 25 };

describe('the twin', () => {
  test('loses and doubles nothing, at every instant', () => {
    fc.assert(
      fc.property(anyScenario, (input) => {
        const twin = new Twin(createScenario(input));
        while (!twin.isOver) {
          twin.advanceTo(twin.now + twin.scenario.tick);
          expectConservation(twin);
        }
      }),
      RUNS,
    );
  });

  test('never creates more environments than the scaling rate lets it, nor runs more than the account may', () => {
    fc.assert(
      fc.property(anyScenario, (input) => {
        const scenario = createScenario(input);
        const twin = new Twin(scenario);
        const created = new Map<string, number[]>();
        while (!twin.isOver) {
          twin.advanceTo(twin.now + scenario.tick);
          let underWay = 0;
          for (const each of twin.parts.functions.values()) {
            underWay += each.inFlight;
            expect(each.inFlight).toBeLessThanOrEqual(each.reserved ?? scenario.account.concurrency);
            created.set(each.name, [...(created.get(each.name) ?? []), each.last.created]);
          }
          expect(underWay).toBeLessThanOrEqual(scenario.account.concurrency);
        }
        const period = LIMITS.scalingPeriodMs / scenario.tick;
        for (const counts of created.values())
          for (let from = 0; from < counts.length; from++) {
            const sum = counts.slice(from, from + period).reduce((total, count) => total + count, 0);
            expect(sum).toBeLessThanOrEqual(LIMITS.environmentsPerScalingPeriod);
          }
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
      { numRuns: 10 },
    );
  });
});

function expectConservation({ parts }: Twin): void {
  for (const each of parts.functions.values()) {
    const { requests, throttled, ok, failed, inFlight } = each.counts();
    expect(requests).toBe(throttled + ok + failed + inFlight);
    expect(Math.min(throttled, ok, failed, inFlight)).toBeGreaterThanOrEqual(0);
  }
  for (const client of [...[...parts.apis.values()].map((api) => api.client), ...parts.clients.values()])
    expect(client.requests).toBe(client.served + client.throttledCount + client.failed + client.inFlight);
  for (const cdn of parts.cdns.values()) expect(cdn.requests).toBe(cdn.hits + cdn.forwarded);
  for (const [name, mapping] of parts.streamMappings) {
    const stream = parts.streams.get(name)!;
    const accounted = mapping.processed + mapping.givenUp + mapping.waiting + mapping.inBatches + stream.expired;
    expect(accounted).toBe(stream.accepted);
  }
  for (const [name, mapping] of parts.queueMappings) {
    const queue = parts.queues.get(name)!;
    const accounted = mapping.deleted + mapping.deadLettered + queue.size + mapping.hidden + mapping.inBatches;
    expect(accounted + mapping.poisonous).toBe(queue.received);
  }
  for (const events of parts.events.values())
    expect(events.done + events.givenUp + events.waiting + events.inFlight).toBe(events.received);
}

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 + 1e-6 * Math.abs(expected));
}
