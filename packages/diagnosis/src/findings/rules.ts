import type { FindingClass } from '@lamplighter/contracts';
import { alarm } from './alarm.ts';
import { asyncFailures } from './async-failures.ts';
import { badDeploy } from './bad-deploy.ts';
import { coldStarts } from './cold-starts.ts';
import { connectionPressure } from './connection-pressure.ts';
import { costAnomaly } from './cost-anomaly.ts';
import { dependencySlow } from './dependency-slow.ts';
import { errorBurst } from './error-burst.ts';
import { initFailures } from './init-failures.ts';
import { iteratorAge } from './iterator-age.ts';
import { memoryLeak } from './memory-leak.ts';
import { outOfMemory } from './out-of-memory.ts';
import { outOfMemoryRisk } from './out-of-memory-risk.ts';
import { overProvisioned } from './over-provisioned.ts';
import { poisonMessage } from './poison-message.ts';
import { recursiveLoop } from './recursive-loop.ts';
import { retryStorm } from './retry-storm.ts';
import { rightSizeAdvice } from './right-size.ts';
import type { Rule } from './rule.ts';
import { slowDown } from './slow-down.ts';
import { throttling } from './throttling.ts';
import { throttlingAhead } from './throttling-ahead.ts';
import { timeoutRisk } from './timeout-risk.ts';
import { timeouts } from './timeouts.ts';
import { trafficDrop } from './traffic-drop.ts';
import { trafficSpike } from './traffic-spike.ts';

/** Every rule that judges a minute with figures, what explains most first. */
export const RULES: readonly Rule[] = [
  badDeploy,
  poisonMessage,
  recursiveLoop,
  retryStorm,
  memoryLeak,
  connectionPressure,
  dependencySlow,
  outOfMemory,
  initFailures,
  timeouts,
  throttling,
  slowDown,
  errorBurst,
  trafficSpike,
  coldStarts,
  iteratorAge,
  trafficDrop,
  timeoutRisk,
  outOfMemoryRisk,
  throttlingAhead,
  costAnomaly,
  asyncFailures,
  overProvisioned,
  rightSizeAdvice,
  alarm,
];

/** What could be better and is not wrong: it explains nothing. */
export const ADVICE: ReadonlySet<FindingClass> = new Set(['over-provisioned', 'right-size']);

const FAILURES: readonly FindingClass[] = [
  'error-burst',
  'timeouts',
  'out-of-memory',
  'init-failures',
  'async-failures',
];
const LOAD: readonly FindingClass[] = ['traffic-spike', 'cost-anomaly', 'cold-starts', 'throttling-ahead'];

/**
 * What each class explains: the classes named are then part of its finding, as evidence, and no findings of their own. One fault, one finding.
 * A CloudWatch alarm is explained by anything but advice. Slow calls explain no cold starts: those that they ask for are not counted as too many in the first place.
 */
export const EXPLAINS: Readonly<Partial<Record<FindingClass, readonly FindingClass[]>>> = {
  'bad-deploy': [
    ...FAILURES,
    'slow-down',
    'timeout-risk',
    'out-of-memory-risk',
    'connection-pressure',
    'cost-anomaly',
    'cold-starts',
    'retry-storm',
    'throttling-ahead',
  ],
  'poison-message': [...FAILURES, 'iterator-age', 'retry-storm'],
  'recursive-loop': [...LOAD, 'throttling', 'retry-storm', 'error-burst'],
  'retry-storm': [...FAILURES, ...LOAD, 'slow-down', 'throttling', 'timeout-risk'],
  'memory-leak': ['out-of-memory-risk', 'out-of-memory', 'cold-starts', 'async-failures'],
  'connection-pressure': [...FAILURES, 'dependency-slow', 'slow-down', 'timeout-risk', 'iterator-age'],
  'dependency-slow': [
    'slow-down',
    'timeouts',
    'timeout-risk',
    'iterator-age',
    'throttling-ahead',
    'cost-anomaly',
    'async-failures',
  ],
  'out-of-memory': ['out-of-memory-risk', 'cold-starts', 'async-failures'],
  'init-failures': ['error-burst', 'cold-starts', 'async-failures'],
  timeouts: [
    'timeout-risk',
    'slow-down',
    'cold-starts',
    'cost-anomaly',
    'async-failures',
    'iterator-age',
    'throttling-ahead',
  ],
  throttling: ['throttling-ahead', 'async-failures', 'iterator-age', 'cold-starts'],
  'slow-down': ['timeout-risk', 'iterator-age', 'throttling-ahead', 'cost-anomaly'],
  'error-burst': ['async-failures', 'cold-starts', 'iterator-age'],
  'traffic-spike': ['cold-starts', 'throttling-ahead', 'iterator-age', 'cost-anomaly'],
  'cold-starts': ['cost-anomaly'],
};
