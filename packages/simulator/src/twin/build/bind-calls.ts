import type { BoundCall } from '../../lambda/invocation-model.ts';
import type { Call } from '../../scenario/scenario.ts';
import type { Dependency } from '../../services/dependency.ts';

/** A function's calls with what they go to. A cache's hits save that share of the calls after it. */
export function bindCalls(calls: readonly Call[], dependencyOf: (call: Call) => Dependency): BoundCall[] {
  let share = 1;
  return calls.map((call) => {
    const mine = { dependency: dependencyOf(call), units: unitsOf(call), share };
    if ('gets' in call) share *= 1 - call.hitPct / 100;
    return mine;
  });
}

function unitsOf(call: Call): number {
  if ('statements' in call) return call.statements;
  if ('gets' in call) return call.gets;
  if ('records' in call) return call.records;
  if ('messages' in call) return call.messages;
  if ('events' in call) return call.events;
  return call.reads + call.writes > 0 ? 1 : 0;
}
