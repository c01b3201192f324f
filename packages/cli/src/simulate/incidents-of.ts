import type { Scenario, SimulationReport } from '@lamplighter/simulator';
import type { FindingNote } from './agents/agent-diary.ts';

type Fault = SimulationReport['faults'][number];

/** A fault of the scenario, and what the agents found of it. */
export interface Incident {
  readonly fault: Fault;
  /** Findings that were open while it lasted, of functions that feel it; none where it was never found. */
  readonly found: readonly FindingNote[];
  /** Functions that feel it. */
  readonly felt: readonly string[];
}

/** Faults with what was found of each, and what was found of none. */
export interface Incidents {
  readonly incidents: readonly Incident[];
  readonly others: readonly FindingNote[];
}

/** Puts findings beside the faults that they may be of: by their time, and by who feels a fault. The agents know nothing of faults. */
export function incidentsOf(
  faults: readonly Fault[],
  notes: readonly FindingNote[],
  scenario: Pick<Scenario, 'functions' | 'mappings' | 'apis'>,
): Incidents {
  const incidents = faults.map((fault): Incident => {
    const felt = whoFeels(fault.target, scenario);
    const isOf = ({ finding, endedAt = Number.POSITIVE_INFINITY }: FindingNote): boolean =>
      felt.includes(finding.resource) && finding.openedAt < fault.end && endedAt > fault.onset;
    return { fault, found: notes.filter(isOf), felt };
  });
  const known = new Set(incidents.flatMap(({ found }) => found));
  return { incidents, others: notes.filter((note) => !known.has(note)) };
}

/** A function itself; who reads a stream or a queue; who calls a database or a table, or is called by an API. */
function whoFeels(target: string, { functions, mappings, apis }: Parameters<typeof incidentsOf>[2]): readonly string[] {
  if (target in functions) return [target];
  const readers = mappings.filter(({ from }) => from === target).map(({ to }) => to);
  if (readers.length > 0) return readers;
  const called = apis[target]?.to;
  if (called !== undefined) return [called];
  return Object.entries(functions)
    .filter(([, { calls }]) => calls.some(({ to }) => to === target))
    .map(([name]) => name);
}
