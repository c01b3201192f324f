import type { FindingClass } from '@lamplighter/contracts';
import type { Playbook, ToldMetric, VerifiedMetric } from '../playbook.ts';
import { aliasRollback } from './alias-rollback.ts';
import { apiCache } from './api-cache.ts';
import { apiThrottle } from './api-throttle.ts';
import { auroraCapacity } from './aurora-capacity.ts';
import { cacheLimits } from './cache-limits.ts';
import { logLevelUp, tracingUp } from './closer-look.ts';
import { deadLetterRedrive } from './dead-letter-redrive.ts';
import { dynamoDbCapacity, dynamoDbWarm } from './dynamodb-capacity.ts';
import { mappingBisect, mappingParallelisation, mappingPause } from './event-source-mapping.ts';
import { freshEnvironments } from './fresh-environments.ts';
import { kinesisCapacity } from './kinesis-capacity.ts';
import { lambdaMemory } from './lambda-memory.ts';
import { lambdaTimeout } from './lambda-timeout.ts';
import { mappingBatch } from './mapping-batch.ts';
import { mappingConcurrency } from './mapping-concurrency.ts';
import { missingIndex } from './missing-index.ts';
import { preWarm } from './pre-warm.ts';
import { provisionedConcurrency } from './provisioned-concurrency.ts';
import { provisionedSchedule } from './provisioned-schedule.ts';
import { reservedConcurrency } from './reserved-concurrency.ts';
import { stopLoop } from './stop-loop.ts';

/** Every playbook; where nothing was learnt yet, an earlier one goes before a later one. */
export const PLAYBOOKS: readonly Playbook[] = [
  aliasRollback,
  missingIndex,
  lambdaMemory,
  lambdaTimeout,
  dynamoDbCapacity,
  dynamoDbWarm,
  cacheLimits,
  mappingParallelisation,
  mappingBatch,
  mappingBisect,
  kinesisCapacity,
  stopLoop,
  mappingConcurrency,
  reservedConcurrency,
  auroraCapacity,
  freshEnvironments,
  provisionedSchedule,
  provisionedConcurrency,
  preWarm,
  deadLetterRedrive,
  apiThrottle,
  apiCache,
  tracingUp,
  logLevelUp,
  mappingPause,
];

/** The playbook of this name; undefined where there is none (any more). */
export const playbookNamed = (name: string): Playbook | undefined =>
  PLAYBOOKS.find((playbook) => playbook.name === name);

/** Whether a repair of such a finding may be verified by this metric, which then has to be known of before it. */
export const isToldBy = (metric: ToldMetric | VerifiedMetric, findingClass: FindingClass): boolean =>
  PLAYBOOKS.some(
    ({ answers, verifies, verifiesFor }) =>
      answers.includes(findingClass) && (verifiesFor?.[findingClass] ?? verifies) === metric,
  );
