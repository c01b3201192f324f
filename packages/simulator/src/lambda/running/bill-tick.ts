import type { Architecture } from '@lamplighter/pricing';
import type { Meter } from '../../measure/meter.ts';

/** What Lambda bills a function for in one tick. */
export interface FunctionUse {
  readonly name: string;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  readonly invocations: number;
  /** All of it, and what ran in provisioned environments. */
  readonly billedMs: { readonly all: number; readonly provisioned: number };
  readonly tickMs: number;
  /** Provisioned concurrency that is paid for. */
  readonly provisioned: number;
}

/**
 * Requests and GB-seconds of a GB of 1,024 MB (https://aws.amazon.com/lambda/pricing/). What runs in provisioned environments costs less for
 * its duration, and these cost for standing ready.
 */
export function billTick(meter: Meter, use: FunctionUse): void {
  const gb = use.memoryMb / 1024;
  const isArm = use.architecture === 'arm64';
  const gbSeconds = (ms: number): number => (ms / 1000) * gb;
  const { all, provisioned } = use.billedMs;
  const standing = (use.provisioned * gb * use.tickMs) / 1000;
  meter.add(use.name, 'lambdaRequests', use.invocations);
  meter.add(use.name, isArm ? 'lambdaGbSecondsArm' : 'lambdaGbSecondsX86', gbSeconds(all - provisioned));
  meter.add(use.name, isArm ? 'provisionedRunGbSecondsArm' : 'provisionedRunGbSecondsX86', gbSeconds(provisioned));
  meter.add(use.name, isArm ? 'provisionedGbSecondsArm' : 'provisionedGbSecondsX86', standing);
}
