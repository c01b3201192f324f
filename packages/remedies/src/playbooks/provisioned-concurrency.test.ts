import { expect, test } from '@jest/globals';
import { AnomalyDetected } from '@lamplighter/contracts';
import type { FunctionSettings, RemedyContext, Traffic } from '../remedy-context.ts';
import { provisionedConcurrency } from './provisioned-concurrency.ts';

const alias = (name: string, version: string) => ({ name, version, weights: {} });

function qualifierFor(aliases: FunctionSettings['aliases'], called: string): string | undefined {
  const { finding } = AnomalyDetected.example;
  const { version: _, ...resource } = finding.resource;
  const traffic: Traffic = {
    minutes: 5,
    callsPerMinute: 20,
    peakConcurrency: 2,
    p50Ms: 40,
    p95Ms: 100,
    maxMs: 400,
    failureShare: 0,
    timeoutShare: 0,
    outOfMemoryShare: 0,
    coldStartShare: 0.3,
    maxMemoryUsedMb: 90,
    byVersion: [{ version: called, calls: 100, failures: 0 }],
  };
  const context: RemedyContext = {
    finding: { ...finding, class: 'cold-starts', state: 'open', resource },
    now: 0,
    traffic,
    function: {
      functionName: 'rooms',
      memorySizeMb: 256,
      timeoutS: 3,
      architecture: 'arm64',
      tracing: 'Active',
      unreservedConcurrency: 900,
      aliases,
      versions: ['8', '7'],
      scaledAliases: [],
      tags: {},
      mappings: [],
    },
  };
  const change = provisionedConcurrency.propose(context)?.change;
  return change?.kind === 'lambda-provisioned-concurrency' ? change.qualifier : undefined;
}

test.each([
  ['the alias that is called, not the first one', [alias('beta', '8'), alias('live', '7')], '7', 'live'],
  ['nothing where several could be called', [alias('beta', '7'), alias('live', '7')], '7', undefined],
  ['nothing where $LATEST is called', [alias('live', '7')], '$LATEST', undefined],
  ['nothing where a version is called by its number', [alias('live', '7')], '8', undefined],
])('environments are kept ready for %s', (_, aliases, called, qualifier) => {
  expect(qualifierFor(aliases, called)).toBe(qualifier);
});
