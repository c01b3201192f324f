import { type CaughtEvent, catchEvents as catchBusEvents, type Sandbox } from '@lamplighter/sandbox';

export type { CaughtEvent };

/** What reads the events of a stage's bus that were caught since the last reading. */
export const catchEvents = (
  sandbox: Sandbox,
  { stage, detailTypes }: { readonly stage: string; readonly detailTypes: readonly string[] },
): Promise<() => Promise<readonly CaughtEvent[]>> =>
  catchBusEvents(sandbox, { bus: `lamplighter-${stage}`, detailTypes });
