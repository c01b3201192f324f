import type { FindingClass } from '@lamplighter/contracts';
import { alarm } from './alarm.ts';
import { iteratorAge } from './capacity/iterator-age.ts';
import { memoryLeak } from './capacity/memory-leak.ts';
import { outOfMemoryRisk } from './capacity/out-of-memory-risk.ts';
import { recursiveLoop } from './capacity/recursive-loop.ts';
import { throttling } from './capacity/throttling.ts';
import { throttlingAhead } from './capacity/throttling-ahead.ts';
import { costAnomaly } from './cost/cost-anomaly.ts';
import { overProvisioned } from './cost/over-provisioned.ts';
import { rightSizeAdvice } from './cost/right-size.ts';
import { asyncFailures } from './failures/async-failures.ts';
import { connectionPressure } from './failures/connection-pressure.ts';
import { errorBurst } from './failures/error-burst.ts';
import { initFailures } from './failures/init-failures.ts';
import { outOfMemory } from './failures/out-of-memory.ts';
import { poisonMessage } from './failures/poison-message.ts';
import { retryStorm } from './failures/retry-storm.ts';
import { timeouts } from './failures/timeouts.ts';
import { coldStarts } from './latency/cold-starts.ts';
import { dependencySlow } from './latency/dependency-slow.ts';
import { slowDown } from './latency/slow-down.ts';
import { timeoutRisk } from './latency/timeout-risk.ts';
import { badDeploy } from './releases/bad-deploy.ts';
import type { Rule } from './rule.ts';
import { trafficDrop } from './traffic/traffic-drop.ts';
import { trafficSpike } from './traffic/traffic-spike.ts';

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
  // Calls that are refused are in no log, which then looks quiet.
  throttling: ['throttling-ahead', 'async-failures', 'iterator-age', 'cold-starts', 'traffic-drop'],
  'slow-down': ['timeout-risk', 'iterator-age', 'throttling-ahead', 'cost-anomaly'],
  'error-burst': ['async-failures', 'cold-starts', 'iterator-age'],
  'traffic-spike': ['cold-starts', 'throttling-ahead', 'iterator-age', 'cost-anomaly'],
  'cold-starts': ['cost-anomaly'],
};
