import { costOnArchitecture } from './cost-on-architecture.ts';
import type { Architecture } from './lambda-rates.ts';

/** What a function runs on, where that is known. */
export interface RunsOn {
  readonly architecture?: Architecture | undefined;
  /** Epoch milliseconds: before, it ran on the other one. Absent where it was never seen on another. */
  readonly architectureSince?: number | undefined;
}

/** What a function ran on at a time; undefined where it is not known. There are two architectures: before the newest change it was the other one. */
export function architectureAt({ architecture, architectureSince }: RunsOn, at: number): Architecture | undefined {
  if (architecture === undefined || architectureSince === undefined || at >= architectureSince) return architecture;
  return architecture === 'arm64' ? 'x86_64' : 'arm64';
}

/** Calls as the audit tells of them: at the prices of x86_64, whatever they ran on, because a log does not say. */
export interface AuditedCalls {
  readonly usd: number;
  readonly invocations: number;
  /** When they began, epoch milliseconds. */
  readonly at: number;
}

/** USD of audited calls at the price of what they ran on; of x86_64, the dearer one, where that is not known. */
export function costAsRun({ at, ...calls }: AuditedCalls, runsOn: RunsOn): number {
  return costOnArchitecture(calls, architectureAt(runsOn, at) ?? 'x86_64');
}

/** Minutes of the audit at the price of what their function ran on. */
export const windowsAsRun = <
  Window extends { readonly start: number; readonly invocations: number; readonly costUsd: number },
>(
  windows: readonly Window[],
  runsOn: RunsOn,
): Window[] =>
  windows.map((window) => {
    const { start: at, invocations, costUsd: usd } = window;
    return { ...window, costUsd: costAsRun({ usd, invocations, at }, runsOn) };
  });

/** A request, or one attempt at it, as the audit tells of it; `costUsd` is absent where nothing was told of what was billed. */
interface AuditedCall {
  readonly costUsd?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly attempts?: number;
}

/** A request, or one attempt at it, at the price of what it ran on; one whose time is not known, of what its function runs on now. */
export function callAsRun<Call extends AuditedCall>(call: Call, runsOn: RunsOn): Call {
  const { costUsd: usd, startedAt: at = Number.POSITIVE_INFINITY, attempts: invocations = 1 } = call;
  return usd === undefined ? call : { ...call, costUsd: costAsRun({ usd, invocations, at }, runsOn) };
}
