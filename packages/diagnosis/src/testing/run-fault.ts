import type { Finding } from '@lamplighter/contracts';
import { assessFunction, type FindingChange } from '../assess/assess-function.ts';
import type { FunctionContext } from '../assess/function-context.ts';
import { type FunctionState, newFunctionState } from '../assess/function-state.ts';
import type { AssessedWindow } from '../windows/window-input.ts';
import type { SeededFault } from './faults.ts';
import { FUNCTION_NAME, type Simulation, simulateFunction } from './simulate-function.ts';

const MINUTE_MS = 60_000;
/** A Monday, 0 h UTC. */
export const MONDAY = Date.UTC(2026, 0, 5);

export const CONTEXT: FunctionContext = {
  accountId: '123456789012',
  region: 'us-east-1',
  functionName: FUNCTION_NAME,
  hasEventSource: false,
};

export interface FaultRun {
  /** Findings that were published before the fault: false alarms. */
  readonly before: readonly Finding[];
  /** Findings that were opened from the onset on, in their order. */
  readonly after: readonly { readonly finding: Finding; readonly minutesSinceOnset: number }[];
}

/** Healthy minutes, and the state after them. */
export interface HealthyRun {
  readonly simulation: Simulation;
  readonly state: FunctionState;
  readonly opened: readonly Finding[];
}

export function runHealthy(simulation: Simulation, context = CONTEXT): HealthyRun {
  const { state, opened } = assessAll(newFunctionState(), simulateFunction(simulation), [], context);
  return { simulation, state, opened: opened.map(({ finding }) => finding) };
}

/** How a function is before a fault: most faults need nothing of their own, so their runs can share it. */
export function healthySimulation(fault: SeededFault, simulation: Simulation): Simulation {
  const traffic = { ...simulation.traffic, callsPerMinute: fault.callsPerMinute ?? simulation.traffic.callsPerMinute };
  return { ...simulation, traffic, ...(fault.behaviour === undefined ? {} : { behaviour: fault.behaviour }) };
}

/** What is found of a fault that begins where a healthy run ended. */
export function runFault(fault: SeededFault, healthy: HealthyRun, minutes: number): FaultRun {
  const { simulation, state, opened } = healthy;
  const onset = simulation.start + simulation.minutes * MINUTE_MS;
  const context =
    fault.concurrencyLimit === undefined ? CONTEXT : { ...CONTEXT, concurrencyLimit: fault.concurrencyLimit };
  const windows = simulateFunction({
    ...simulation,
    seed: simulation.seed + 500_000,
    start: onset,
    minutes,
    fault: (behaviour, minute, random) => fault.apply(behaviour, minute, random),
  });
  const run = assessAll(state, windows, fault.facts?.(onset) ?? [], context);
  return {
    before: opened,
    after: run.opened.map(({ finding, at }) => ({ finding, minutesSinceOnset: (at - onset) / MINUTE_MS })),
  };
}

type News = FindingChange & { readonly at: number };

function assessAll(
  before: FunctionState,
  windows: Iterable<AssessedWindow>,
  facts: ReturnType<NonNullable<SeededFault['facts']>>,
  context: FunctionContext,
): { state: FunctionState; opened: News[] } {
  let state = before;
  const opened: News[] = [];
  for (const window of windows) {
    const at = 'missing' in window ? window.missing.start : window.figures.start;
    const assessed = assessFunction(
      state,
      { windows: [window], facts: facts.filter((fact) => fact.at === at) },
      context,
    );
    state = assessed.state;
    for (const change of assessed.changes) if (change.change === 'opened') opened.push({ ...change, at });
  }
  return { state, opened };
}
