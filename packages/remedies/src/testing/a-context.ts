import type { Finding } from '@lamplighter/contracts';
import type { FunctionSettings, Traffic } from '../remedy-context.ts';

/** Five minutes of a function in which nothing is wrong. */
export const CALM: Traffic = {
  minutes: 5,
  callsPerMinute: 20,
  peakConcurrency: 2,
  p50Ms: 40,
  p95Ms: 100,
  maxMs: 400,
  failureShare: 0,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0,
  maxMemoryUsedMb: 90,
};

/** A traced function of `$LATEST` alone. */
export const aFunction = (settings: Partial<FunctionSettings> = {}): FunctionSettings => ({
  functionName: 'rooms',
  memorySizeMb: 256,
  timeoutS: 3,
  architecture: 'arm64',
  tracing: 'Active',
  unreservedConcurrency: 900,
  aliases: [],
  versions: [],
  scaledAliases: [],
  tags: {},
  mappings: [],
  ...settings,
});

/** An open finding of a function, that says nothing beside its class. */
export const aFinding = (kind: Finding['class'], rest: Partial<Finding> = {}): Finding => ({
  findingId: `${kind}/1`,
  class: kind,
  severity: 'warning',
  resource: { accountId: '1', region: 'us-east-1', type: 'lambda-function', name: 'rooms' },
  state: 'open',
  revision: 0,
  openedAt: 0,
  updatedAt: 0,
  title: '',
  explanation: '',
  evidence: [],
  causes: [],
  groupKey: '',
  confidence: 1,
  lookAt: [],
  ...rest,
});
