import { availableParallelism, totalmem } from 'node:os';
import { seededRandom } from '../../core/faults/seeded-random.ts';
import type { ServiceContext } from '../../core/service.ts';
import { EnvironmentPool } from './environments/environment-pool.ts';
import { createFunctionEnvironment } from './environments/function-environment.ts';
import { CodeStore } from './functions/code-store.ts';
import { FunctionStore } from './functions/function-store.ts';
import { Concurrency } from './invocation/concurrency.ts';
import { accountMetrics, functionMetrics, type PutFunctionMetric } from './invocation/invocation-metrics.ts';
import { type PutSegments, segmentSender } from './invocation/trace-segments.ts';
import { ProvisionedConcurrency } from './provisioned/provisioned-concurrency.ts';
import { startProvisioned } from './provisioned/start-provisioned.ts';

export interface LambdaOptions {
  /**
   * Environments alive at one time over all functions, about 40 MB each: by default those of an eighth of the machine's memory, at most 64. Four per core
   * work at one time, at least 16; further invocations wait.
   */
  readonly maxEnvironments?: number;
  /** Real milliseconds after which an idle environment is stopped. Default 120,000. */
  readonly idleMs?: number;
  /** The account's concurrency. Default 1,000. */
  readonly accountConcurrency?: number;
  /** Draws the version of a weighted alias, 0 to 1. */
  readonly random?: () => number;
  /** Seed of these draws where they are not given; 1 where absent, so that every run routes alike. */
  readonly seed?: number;
}

/** What the parts of the Lambda service share. */
export interface LambdaCore {
  readonly context: ServiceContext;
  readonly functions: FunctionStore;
  readonly code: CodeStore;
  readonly pool: EnvironmentPool;
  readonly provisioned: ProvisionedConcurrency;
  readonly concurrency: Concurrency;
  readonly putMetric: PutFunctionMetric;
  readonly putAccountMetrics: () => void;
  readonly putSegments: PutSegments;
}

export function createCore(context: ServiceContext, options: LambdaOptions): LambdaCore {
  const functions = new FunctionStore(context, options.random ?? seededRandom(options.seed ?? 1));
  const code = new CodeStore();
  const concurrency = new Concurrency({
    clock: context.clock,
    records: () => functions.all(),
    provisioned: (name) => provisioned.of(name).reduce((sum, { set }) => sum + (set?.size ?? 0), 0),
    ...(options.accountConcurrency === undefined ? {} : { accountLimit: options.accountConcurrency }),
  });
  const maxAtWork = Math.max(16, availableParallelism() * 4);
  const pool = new EnvironmentPool({
    create: async (configuration) =>
      createFunctionEnvironment({ context, configuration, entry: await code.runtimeEntry() }),
    isCurrent: (configuration) => functions.isCurrent(configuration),
    maxEnvironments: options.maxEnvironments ?? Math.max(maxAtWork, Math.min(64, environmentsOf(totalmem() / 8))),
    maxAtWork,
    maxStarting: availableParallelism(),
    idleMs: options.idleMs ?? 120_000,
  });
  const provisioned = new ProvisionedConcurrency({
    context,
    create: async (configuration) => startProvisioned(context, configuration, await code.runtimeEntry()),
  });
  return {
    context,
    functions,
    code,
    pool,
    provisioned,
    concurrency,
    putMetric: functionMetrics(context),
    putAccountMetrics: accountMetrics(context, concurrency),
    putSegments: segmentSender(context),
  };
}

const ENVIRONMENT_BYTES = 40 * 1_048_576;
const environmentsOf = (bytes: number): number => Math.floor(bytes / ENVIRONMENT_BYTES);
