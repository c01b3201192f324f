import type { Finding } from '@lamplighter/contracts';
import { assessFunction, type FindingChange } from '../assess/assess-function.ts';
import type { FunctionContext } from '../assess/function-context.ts';
import { newFunctionState } from '../assess/function-state.ts';
import type { SeededFault } from './faults.ts';
import { FUNCTION_NAME, type Simulation, simulateFunction } from './simulate-function.ts';

const MINUTE_MS = 60_000;
export const MONDAY = Date.UTC(2026, 0, 5);

export const CONTEXT: FunctionContext = { accountId: '123456789012', region: 'us-east-1', functionName: FUNCTION_NAME };

export interface FaultRun {
  /** Findings that were published before the fault: false alarms. */
  readonly before: readonly Finding[];
  /** Findings that were opened from the onset on, withdrawn ones and those that joined others left out, in their order. */
  readonly after: readonly { readonly finding: Finding; readonly minutesSinceOnset: number }[];
}

/** Healthy hours, then a fault: what is found, and when. */
export function runFault(
  fault: SeededFault | undefined,
  simulation: Omit<Simulation, 'fault'>,
  onset: number,
): FaultRun {
  const onsetAt = simulation.start + onset * MINUTE_MS;
  const context =
    fault?.concurrencyLimit === undefined ? CONTEXT : { ...CONTEXT, concurrencyLimit: fault.concurrencyLimit };
  const facts = fault?.facts?.(onsetAt) ?? [];
  const windows = simulateFunction({
    ...simulation,
    traffic: { ...simulation.traffic, callsPerMinute: fault?.callsPerMinute ?? simulation.traffic.callsPerMinute },
    behaviour: { ...simulation.behaviour, ...fault?.behaviour },
    fault: (behaviour, minute, random) => {
      if (minute >= onset) fault?.apply(behaviour, minute - onset, random);
    },
  });
  let state = newFunctionState();
  const changes: (FindingChange & { at: number })[] = [];
  for (const window of windows) {
    const at = 'missing' in window ? window.missing.start : window.figures.start;
    const news = { windows: [window], facts: facts.filter((fact) => fact.at === at) };
    const assessed = assessFunction(state, news, context);
    state = assessed.state;
    changes.push(...assessed.changes.map((change) => ({ ...change, at })));
  }
  const opened = changes.filter(({ change }) => change === 'opened');
  return {
    before: opened.filter(({ at }) => at < onsetAt).map(({ finding }) => finding),
    after: opened
      .filter(({ at }) => at >= onsetAt)
      .map(({ finding, at }) => ({ finding, minutesSinceOnset: (at - onsetAt) / MINUTE_MS })),
  };
}
