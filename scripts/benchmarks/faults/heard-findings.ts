import { AnomalyDetected, type Finding } from '../../../packages/contracts/src/index.ts';
import { catchEvents, type Sandbox } from '../../../packages/sandbox/src/index.ts';

/** A finding as the bus told it. */
export interface HeardFinding {
  readonly change: 'opened' | 'updated' | 'resolved';
  readonly finding: Finding;
  /** The event's time on the sandbox's clock, epoch milliseconds in whole seconds. */
  readonly at: number;
  /** When it lay in the listener's queue: the same, to the millisecond. */
  readonly heardAt: number;
}

/** Listens on the bus as alerting does; gives what was heard since the last time, in its order. */
export async function hearFindings(sandbox: Sandbox): Promise<() => Promise<HeardFinding[]>> {
  const caught = await catchEvents(sandbox, { bus: 'lamplighter-dev', detailTypes: ['AnomalyDetected'] });
  return async () =>
    (await caught())
      .map(({ time, detail, caughtAt }) => ({
        ...AnomalyDetected.parse(detail).data,
        at: Date.parse(time),
        heardAt: caughtAt,
      }))
      .sort((a, b) => a.at - b.at);
}
