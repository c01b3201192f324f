import { expect, test } from '@jest/globals';
import type { FunctionWindow } from '@lamplighter/contracts';
import { aMinuteOf, aMinute as minute, NOTHING } from './testing/a-minute.ts';
import { trafficOf } from './traffic-of-windows.ts';

const met = (count: number): NonNullable<FunctionWindow['handledErrors']>[number] => ({
  fingerprint: 'f',
  template: 'ThrottlingException',
  count,
  exampleRequestId: 'r',
});

test('calls that dealt with an error count among those that did not go well', () => {
  expect(trafficOf([minute({ errors: 1, handledErrors: [met(2), met(1)] })])).toMatchObject({ failureShare: 0.4 });
});

test('a call that logged many errors is one call', () => {
  expect(trafficOf([minute({ handledErrors: [met(70)] })])).toMatchObject({ failureShare: 1 });
});

test('versions are added up over the minutes in which they served', () => {
  const figures = { coldStarts: 0, durationMs: NOTHING, durationSketch: '' };
  const of = (version: string, invocations: number, failures: number) => ({
    ...figures,
    version,
    invocations,
    failures,
  });

  const { byVersion } = trafficOf([
    minute({ byVersion: [of('7', 10, 1)] }),
    minute({ byVersion: [of('7', 4, 0), of('8', 6, 3)] }),
    minute({}),
  ]);

  expect(byVersion).toEqual([
    { version: '7', calls: 14, failures: 1 },
    { version: '8', calls: 6, failures: 3 },
  ]);
});

test('memory in use is a share of what was configured in the same minute', () => {
  const small = minute({ maxMemoryUsedMb: 120, memorySizeMb: 128 });
  const large = minute({ maxMemoryUsedMb: 200, memorySizeMb: 1_024 });

  expect(trafficOf([small, large]).memoryUse).toBe(120 / 128);
  expect(trafficOf([minute({ maxMemoryUsedMb: 0, memorySizeMb: 0 })])).not.toHaveProperty('memoryUse');
});

test('attempts that were refused are a share of all attempts, and unknown where nobody asked', () => {
  const attempts = [
    { start: 0, served: 60, throttled: 30 },
    { start: 60_000, served: 10, throttled: 0 },
  ];

  expect(trafficOf([minute({})], attempts).throttledShare).toBe(0.3);
  expect(trafficOf([minute({})])).not.toHaveProperty('throttledShare');
});

test('calls that started an environment are not what a function takes', () => {
  const usual = Array.from({ length: 18 }, (_, at) => 40 + at);
  const cold = { ...aMinuteOf(0, [...usual, 900, 800]), coldStarts: 2 };

  const { p50Ms, p95Ms, maxMs } = trafficOf([{ ...cold, durationMs: { sum: 0, max: 900 } }]);

  expect(p50Ms).toBeCloseTo(trafficOf([aMinuteOf(0, usual)]).p50Ms, 0);
  expect(p95Ms).toBeLessThan(60);
  expect(maxMs).toBe(900);
  expect(trafficOf([{ ...cold, coldStarts: 0 }]).p95Ms).toBeGreaterThan(700);
});

test('where every call started an environment, that is what it takes', () => {
  expect(trafficOf([{ ...aMinuteOf(0, [900, 800]), coldStarts: 2 }]).p95Ms).toBeGreaterThan(700);
});
