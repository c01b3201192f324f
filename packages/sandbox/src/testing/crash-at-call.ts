import type { Sandbox } from '../sandbox.ts';

/** Where an environment dies: at the n-th call, counted from 1, that a role's functions make, before it is carried out or after it. */
export interface CallCrash {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What came of a run with a crash in it. */
export interface CrashedRun {
  /** Operations that were called, those of what came again after the crash with them. */
  readonly calls: readonly string[];
  /** 1 where the crash came to pass. */
  readonly crashes: number;
}

const READS = /^(?:Get|List|Describe|Query|Scan|BatchGet|Filter)/;

/** Every crash of a run that made these calls, before and after each. After a read all is as before the next call: only the last call's is another. */
export function everyCrash(calls: readonly string[]): readonly CallCrash[] {
  return (['before', 'after'] as const).flatMap((when) =>
    calls.flatMap((call, index) =>
      when === 'before' || !READS.test(call) || index === calls.length - 1 ? [{ nth: index + 1, when }] : [],
    ),
  );
}

/**
 * Acts while the environments of the roles whose names contain one of these die at a call, or do not; sessions that they took count with them.
 * `act` has to wait until whatever is tried again was tried again.
 */
export async function crashAtCall(
  sandbox: Sandbox,
  { roles, crash }: { readonly roles: readonly string[]; readonly crash?: CallCrash | undefined },
  act: () => Promise<unknown>,
): Promise<CrashedRun> {
  const isOf = (role: string | undefined): boolean => roles.some((one) => role?.includes(one));
  sandbox.forgetCalls();
  const fault =
    crash &&
    sandbox.faults.inject({
      caller: ({ roleArn }) => isOf(roleArn),
      nth: crash.nth,
      effect: { kind: 'crash-caller', when: crash.when },
    });
  try {
    await act();
  } finally {
    fault?.lift();
  }
  const calls = sandbox.calls().filter(({ roleName }) => isOf(roleName));
  return { calls: calls.map(({ operation }) => operation), crashes: fault?.hits ?? 0 };
}
