import type { Owner } from '../domain/stored-attempt.ts';
import { WINDOW_MS } from '../domain/windows/minute.ts';
import type { ClosedWindow } from '../domain/windows/window-record.ts';
import { byMinute, wholeAt, windowAt } from '../domain/windows/windows-of.ts';
import type { AuditReaderPort } from '../ports.ts';
import { readInvocations } from './read-invocations.ts';

/** Minutes that lie closer than this are read together: what lies between costs less than another round of queries. */
const NEAR_MS = 5 * WINDOW_MS;

/** The windows of these minutes (ascending), empty ones included, as the audit tells them now. */
export async function readWindows(
  owner: Required<Owner>,
  minutes: readonly number[],
  audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>,
): Promise<ClosedWindow[]> {
  const windows: ClosedWindow[] = [];
  for (const run of runsOf(minutes)) {
    const range = { from: run[0]!, until: run.at(-1)! + WINDOW_MS };
    const attempts = byMinute(owner.functionName, await readInvocations(owner, range, audit));
    windows.push(
      ...run.map((start) => ({
        figures: windowAt(owner.functionName, attempts, start),
        whole: wholeAt(attempts, start),
      })),
    );
  }
  return windows;
}

function runsOf(minutes: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const minute of minutes) {
    const run = runs.at(-1);
    if (run && minute - run.at(-1)! <= NEAR_MS) run.push(minute);
    else runs.push([minute]);
  }
  return runs;
}
