import type { Remediation } from '@lamplighter/contracts';
import type { StoredRemediation } from '../src/domain/stored-remediation.ts';
import type { Read, RemediationPort } from '../src/ports.ts';

type Parts = Partial<Omit<StoredRemediation, 'remediation'>> & { readonly remediation?: Partial<Remediation> };

const RESOURCE = {
  accountId: '123456789012',
  region: 'us-east-1',
  type: 'lambda-function',
  name: 'hotel-pay',
} as const;

/** A repair that raises a timeout, with whatever a test says about it. */
export function aRepair({ remediation, ...rest }: Parts = {}): StoredRemediation {
  return {
    change: { kind: 'lambda-configuration', functionName: 'hotel-pay', timeoutS: 6 },
    trial: { metric: 'timeout-share', before: 0.5, target: 0.01, failuresBefore: 0.5 },
    observed: RESOURCE,
    permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
    resourceTags: {},
    isAlwaysAsked: false,
    ...rest,
    remediation: {
      remediationId: 'lambda-timeout-0-abc',
      playbook: 'lambda-timeout',
      parameters: { timeoutS: 6 },
      resource: RESOURCE,
      findingId: 'timeouts/1',
      findingClass: 'timeouts',
      mode: 'automatic',
      state: 'planned',
      revision: 0,
      plannedAt: 0,
      updatedAt: 0,
      title: 'Set the timeout of hotel-pay from 3 to 6 s',
      reason: 'Half of the calls ran into 3 s.',
      evidence: [],
      risk: 'low',
      costPerHourUsd: 0,
      costPerMonthUsd: 0,
      undo: 'The timeout is set back to 3 s.',
      refusals: [],
      decisions: [],
      approvalsNeeded: 1,
      ...remediation,
    },
  };
}

/** Repairs in memory, each written only as it was read. */
export function memoryRemediations(...stored: readonly StoredRemediation[]): RemediationPort {
  const rows = new Map<string, Read<StoredRemediation>>(
    stored.map((value) => [value.remediation.remediationId, { value, version: 1 }]),
  );
  const all = () => [...rows.values()].map(({ value }) => value);
  return {
    read: async (remediationId) => rows.get(remediationId),
    ofFinding: async (findingId) => all().filter(({ remediation }) => remediation.findingId === findingId),
    recent: async (limit) => ({ remediations: all().slice(0, limit) }),
    waiting: async () => all().filter(({ remediation }) => remediation.state === 'awaiting-approval'),
    plannedFor: async (functionName, findingClass, since) =>
      all()
        .filter(
          ({ observed, remediation }) => observed.name === functionName && remediation.findingClass === findingClass,
        )
        .map(({ remediation }) => remediation.plannedAt)
        .filter((at) => at >= since),
    write: async (value, version) => {
      const { remediationId } = value.remediation;
      if ((rows.get(remediationId)?.version ?? 0) !== version) return 'conflict';
      rows.set(remediationId, { value, version: version + 1 });
      return 'written';
    },
  };
}
