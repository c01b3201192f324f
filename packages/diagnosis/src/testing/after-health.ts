import { assessFunction, type FindingChange } from '../assess/assess-function.ts';
import { newFunctionState } from '../assess/function-state.ts';
import type { Fact } from '../windows/fact.ts';
import type { WindowFigures } from '../windows/window-input.ts';
import { aWindow } from './a-window.ts';
import { CONTEXT } from './run-fault.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
/** Minutes of health, as a function of twenty calls a minute has them. */
export const HEALTHY = 60;
/** The time of a minute; of the first bad one that of `HEALTHY`. */
export const minute = (index: number): number => T0 + index * 60_000;

/** What comes of an hour of health, and then of what each minute has that is otherwise. */
export function after(
  changes: readonly Partial<WindowFigures>[],
  facts: readonly Fact[] = [],
  slowMs = 100,
): FindingChange[] {
  const windows = [
    ...Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index))),
    ...changes.map((change, index) => aWindow(minute(HEALTHY + index), change, 0, slowMs)),
  ];
  return [...assessFunction(newFunctionState(), { windows, facts }, CONTEXT).changes];
}

/** Changes, shortly: `opened error-burst`. */
export const told = (changes: readonly FindingChange[]) =>
  changes.map(({ change, finding }) => `${change} ${finding.class}`);
/** A version that has all calls of a minute. */
export const version = (name: string, failures: number) => ({
  version: name,
  invocations: 20,
  failures,
  coldStarts: 0,
  durationMs: { sum: 0, max: 0 },
  durationSketch: '',
});
