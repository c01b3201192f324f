import { VirtualClock } from '../core/time/virtual-clock.ts';
import { Sandbox } from '../sandbox.ts';
import type { SandboxOptions } from '../sandbox-options.ts';

/** A sandbox for one test or suite. `await using` stops it at the end of its block; in hooks, call `stop()`. */
export interface TestSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  /** Internal faults so far. `stop` throws the first, so that a suite cannot pass over one. */
  readonly reported: readonly unknown[];
  stop(): Promise<void>;
}

export interface TestSandboxOptions extends Omit<SandboxOptions, 'clock' | 'report'> {
  /** Where the virtual clock stands, epoch milliseconds; 2026-01-01T00:00:00Z where absent. */
  readonly startMs?: number;
}

const START_MS = Date.UTC(2026, 0, 1);

/** Starts a sandbox on a virtual clock, which stands still until the test advances it. */
export async function startTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const { startMs = START_MS, ...rest } = options;
  const clock = new VirtualClock(startMs);
  const reported: unknown[] = [];
  const sandbox = await Sandbox.start({ ...rest, clock, report: (error) => reported.push(error) });
  const stop = async (): Promise<void> => {
    await sandbox.stop();
    if (reported.length > 0) throw reported[0];
  };
  return { sandbox, clock, reported, stop, [Symbol.asyncDispose]: stop };
}
