import type { FunctionWindow } from '@lamplighter/contracts';
import type { Action } from '../scenario/action.ts';
import type { Twin } from './twin.ts';
import type { TwinState } from './twin-state.ts';

/**
 * Somebody who watches and acts: given the windows that closed since it was last asked and what the account shows, gives the actions to take now.
 * It never sees the faults. An agent may keep what it learns between calls.
 */
export type Agent = (windows: readonly FunctionWindow[], state: TwinState) => readonly Action[];

/**
 * Runs a twin to its end with an agent that is asked every `everyMs` (a minute where absent). Gives every window, in the order in which they
 * closed; what was done is in the twin's `applied`.
 */
export function runWithAgent(twin: Twin, agent: Agent, everyMs = 60_000): FunctionWindow[] {
  const all: FunctionWindow[] = [];
  while (!twin.isOver) {
    const windows = twin.advanceTo(twin.now + everyMs);
    for (const window of windows) all.push(window);
    for (const action of agent(windows, twin.state())) twin.apply(action);
  }
  return all;
}
