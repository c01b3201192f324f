import { usdOf } from '../price-book.ts';
import type { PricedResource } from './charge-rule.ts';
import { isRecord } from './template.ts';

/** The least that an express run is billed for: 64 MB for 100 ms. */
const EXPRESS_GB_SECONDS = (64 / 1024) * 0.1;

/** What one run of a state machine with nothing to do costs: each state taken once, or one short express run; what its tasks call is not in it. */
export function costOfMachineRun(
  resource: PricedResource,
  machine: PricedResource,
): { readonly usd: number; readonly what: string } {
  if (machine.text('StateMachineType', 'STANDARD') === 'EXPRESS') {
    const duration = EXPRESS_GB_SECONDS * usdOf('stepfunctions.express_duration_tier1');
    return { usd: usdOf('stepfunctions.express_requests') / 1e6 + duration, what: 'an express run of 100 ms' };
  }
  const states = numberOfStates(definitionOf(machine));
  if (states === undefined)
    throw resource.unpriced('the definition of the state machine that it starts is not in the template.');
  return {
    usd: (states + 1) * (usdOf('stepfunctions.standard_transition') / 1000),
    what: `a state machine of ${states} states, each taken once`,
  };
}

/** A definition as an object, as text, or as text in `Fn::Sub`, whose variables may stand for anything but states. */
function definitionOf(machine: PricedResource): unknown {
  const definition = machine.raw('Definition');
  if (definition !== undefined) return definition;
  const text = machine.raw('DefinitionString');
  const substituted = isRecord(text) ? text['Fn::Sub'] : undefined;
  const source = typeof text === 'string' ? text : Array.isArray(substituted) ? substituted[0] : substituted;
  try {
    return JSON.parse(String(source));
  } catch {
    return undefined;
  }
}

/** States at every depth: those of branches and item processors count too. */
function numberOfStates(graph: unknown): number | undefined {
  if (!isRecord(graph) || !isRecord(graph.States)) return undefined;
  return Object.values(graph.States).reduce<number>((sum, state) => {
    const { Branches, ItemProcessor, Iterator } = isRecord(state) ? state : {};
    const inner = [...(Array.isArray(Branches) ? Branches : []), ItemProcessor, Iterator];
    return sum + 1 + inner.reduce<number>((count, branch) => count + (numberOfStates(branch) ?? 0), 0);
  }, 0);
}
