import { expect, test } from '@jest/globals';
import type { FunctionWindow } from '@lamplighter/contracts';
import { minuteFigures, trafficOf } from './traffic-of-windows.ts';

const NOTHING = { sum: 0, max: 0 };

const minute = (more: Partial<FunctionWindow>): FunctionWindow => ({
  functionName: 'hotel-pay',
  start: 0,
  invocations: 10,
  errors: 0,
  timeouts: 0,
  outOfMemory: 0,
  initErrors: 0,
  unknown: 0,
  coldStarts: 0,
  durationMs: NOTHING,
  initDurationMs: NOTHING,
  billedDurationMs: 0,
  maxMemoryUsedMb: 0,
  memorySizeMb: 128,
  costUsd: 0,
  durationSketch: '',
  ...more,
});

const met = (count: number): NonNullable<FunctionWindow['handledErrors']>[number] => ({
  fingerprint: 'f',
  template: 'ThrottlingException',
  count,
  exampleRequestId: 'r',
});

test('calls that dealt with an error count among those that did not go well', () => {
  expect(minuteFigures(minute({ errors: 1, handledErrors: [met(2), met(1)] }))).toMatchObject({ failureShare: 0.4 });
});

test('a call that logged many errors is one call', () => {
  expect(minuteFigures(minute({ handledErrors: [met(70)] }))).toMatchObject({ failureShare: 1 });
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
