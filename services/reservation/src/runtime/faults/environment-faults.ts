import { ServiceError } from '../service-error.ts';
import { isHit } from './chance.ts';
import type { Faults } from './faults-schema.ts';

const MIB = 1_048_576;

export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly release: string;
}

/** Faults of an execution environment: what it leaks and how it slows lives as long as it does. */
export function createEnvironmentFaults(sleep: (ms: number) => Promise<void>) {
  const leaked: Buffer[] = [];
  let invocations = 0;
  let creptMs = 0;
  return {
    /** Before an invocation is handled; throws where the fault is an error. */
    async strike(faults: Faults, { functionName, requestId, release }: Invocation): Promise<void> {
      invocations += 1;
      const { seed, coldStarts, memoryLeak, timeoutCreep, badRelease, errorRate } = faults;
      const hits = (fault: { functions?: string[] | undefined } | undefined): boolean =>
        fault !== undefined && (fault.functions?.includes(functionName) ?? true);
      if (hits(coldStarts) && invocations === 1) await sleep(coldStarts!.initMs);
      if (hits(memoryLeak)) leaked.push(Buffer.alloc(Math.round(memoryLeak!.mbPerInvocation * MIB), 1));
      if (hits(timeoutCreep)) {
        creptMs += timeoutCreep!.msPerInvocation;
        await sleep(creptMs);
      }
      if (hits(badRelease) && badRelease!.release === release && isHit(badRelease!.pct, seed, 'release', requestId))
        throw new ServiceError('BAD_RELEASE', `Release ${release} fails, as the fault of a bad deploy says.`);
      if (hits(errorRate) && isHit(errorRate!.pct, seed, 'error', requestId))
        throw new ServiceError('INJECTED_ERROR', 'The fault of an error rate hit this request.');
    },
    leakedMb: (): number => leaked.reduce((sum, { length }) => sum + length / MIB, 0),
  };
}
