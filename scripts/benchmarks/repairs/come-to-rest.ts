import type { House } from '../../demo/house/house.ts';
import type { HeardFinding } from '../faults/heard-findings.ts';

/** A bad deploy is taken to be over after a quarter of an hour, and explains what else is wrong until then. */
const MOST_MINUTES = 20;

/** A minute of traffic, and what was heard in it. */
export type Minute = (eachSlot?: () => Promise<void>) => Promise<readonly HeardFinding[]>;

/** Minutes until nothing is wrong with a function any more. */
export async function comeToRest(house: House, functionName: string, minute: Minute): Promise<void> {
  for (let at = 0; at < MOST_MINUTES; at++) {
    const answer = await house.findings({ kind: 'by-function', functionName });
    const findings = answer.kind === 'findings' ? answer.findings : [];
    if (findings.every(({ state, severity }) => state === 'resolved' || severity === 'info')) return;
    await minute();
  }
}
