import type { BoundCall } from '../../lambda/invocation-model.ts';
import { LambdaFunction } from '../../lambda/lambda-function.ts';
import type { Meter } from '../../measure/meter.ts';
import { createSampler } from '../../random/sampler.ts';
import type { Call, Scenario } from '../../scenario/scenario.ts';
import { AsyncEvents } from '../../services/async-events.ts';
import type { Dependency } from '../../services/dependency.ts';
import { bindCalls } from './bind-calls.ts';
import type { Dependencies } from './build-dependencies.ts';
import { mapOf } from './map-of.ts';

/** The functions, and the asynchronous events that wait for each. */
export interface Functions {
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly events: ReadonlyMap<string, AsyncEvents>;
}

/** Builds all functions before it binds their calls, as one may send events to another. */
export function buildFunctions(scenario: Scenario, meter: Meter, dependencies: Dependencies): Functions {
  const { seed, tick: tickMs, assumptions } = scenario;
  const bound = new Map<string, BoundCall[]>();
  const functions = mapOf(scenario.functions, (name, spec) => {
    const calls: BoundCall[] = [];
    bound.set(name, calls);
    return new LambdaFunction({
      name,
      spec,
      calls,
      faults: scenario.faults.filter(({ target }) => target === name),
      assumptions,
      meter,
      seed,
      epochMs: Date.parse(scenario.start),
      tickMs,
      exactUpTo: scenario.exactUpTo,
    });
  });
  const events = mapOf(scenario.functions, (name, { asyncRetries: retries }) => {
    const sampler = createSampler(seed, `async/${name}`);
    return new AsyncEvents({
      target: functions.get(name)!,
      retries,
      putCallMs: assumptions.putCallMs,
      sampler,
      tickMs,
    });
  });
  for (const [name, { calls }] of Object.entries(scenario.functions))
    bound.get(name)!.push(...bindCalls(calls, (call) => dependencyOf(call, dependencies, events)));
  return { functions, events };
}

function dependencyOf(
  call: Call,
  { databases, tables, caches, streams, queues }: Dependencies,
  events: ReadonlyMap<string, AsyncEvents>,
): Dependency {
  const { to } = call;
  const table = tables.get(to);
  if (table) return table.port({ reads: 'reads' in call ? call.reads : 0, writes: 'writes' in call ? call.writes : 0 });
  return (databases.get(to) ?? caches.get(to) ?? streams.get(to) ?? queues.get(to) ?? events.get(to))!;
}
