import type { Context } from 'aws-lambda';
import type { CallDependency } from '../ports.ts';
import { createEnvironmentFaults } from './faults/environment-faults.ts';
import { type Faults, NO_FAULTS } from './faults/faults-schema.ts';
import { throttledCalls } from './faults/throttle-fault.ts';
import { type Log, safeLog } from './safe-log.ts';
import { speakableError } from './service-error.ts';
import { createTracer, type TraceSink } from './tracer.ts';

/** What a function is composed with. */
export interface Runtime {
  /** Every call of a dependency goes through it: traced, and subject to faults. */
  readonly call: CallDependency;
  readonly log: Log;
  /** The faults of this invocation. */
  readonly faults: () => Faults;
  readonly now: () => number;
}

export interface FunctionOptions<Event, Result, Deps> {
  /** Its short name, as in its folder and in faults. */
  readonly name: string;
  /** Composition root: environment -> adapters. Called once an execution environment. */
  readonly compose: (runtime: Runtime) => Deps;
  readonly handle: (event: Event, deps: Deps, context: Context) => Promise<Result>;
}

/** Where traces go and faults come from. */
export interface Surroundings {
  readonly sink: TraceSink;
  readonly readFaults: () => Promise<Faults>;
}

/**
 * The one way a handler of this service is made: traced calls, injected faults, dependencies composed once. An error leaves it
 * without the words of others, which may be a guest's.
 */
export function defineFunction<Event, Result, Deps>(
  { name, compose, handle }: FunctionOptions<Event, Result, Deps>,
  surround: (log: Log) => Surroundings,
): (event: Event, context: Context) => Promise<Result> {
  const environmentFaults = createEnvironmentFaults(sleep);
  let current = { functionName: name, requestId: '', faults: NO_FAULTS };
  let ready: (Surroundings & { readonly tracer: ReturnType<typeof createTracer>; readonly deps: Deps }) | undefined;
  const prepare = () => {
    const surroundings = surround(safeLog);
    const tracer = createTracer(surroundings.sink);
    const traced: CallDependency = ({ dependency, statement }, work) =>
      tracer.span(`${dependency}: ${statement}`, { namespace: 'remote', annotations: { dependency, statement } }, work);
    const call = throttledCalls(traced, () => current);
    const deps = compose({ call, log: safeLog, faults: () => current.faults, now: Date.now });
    return { ...surroundings, tracer, deps };
  };
  return async (event, context) => {
    try {
      ready ??= prepare();
      ready.tracer.begin(process.env._X_AMZN_TRACE_ID);
      current = { functionName: name, requestId: context.awsRequestId, faults: await ready.readFaults() };
      const release = process.env.RELEASE ?? '';
      await environmentFaults.strike(current.faults, { functionName: name, requestId: context.awsRequestId, release });
      return await handle(event, ready.deps, context);
    } catch (error) {
      const speakable = speakableError(error);
      safeLog('error', 'the invocation failed', { errorName: speakable.name, code: speakable.code });
      throw speakable;
    } finally {
      await ready?.tracer.flush();
    }
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
