import { type GuardRequest, isDiagnostic, resourceKeyOf } from '@lamplighter/remedies';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { ChangeRecord } from '../ports.ts';

export function guardRequestOf(
  { remediation, change, resourceTags, isAlwaysAsked, obstacle }: StoredRemediation,
  stage: string,
): GuardRequest {
  const { remediationId, playbook, risk, resource, costPerHourUsd, costPerMonthUsd } = remediation;
  return {
    remediationId,
    playbook,
    risk,
    change,
    resourceName: resource.name,
    ...(resourceTags && { resourceTags }),
    stage,
    costPerHourUsd,
    costPerMonthUsd,
    isAlwaysAsked,
    ...(obstacle && { obstacle }),
  };
}

export function changeRecordOf({ remediation, change }: StoredRemediation, at: number): ChangeRecord {
  const { remediationId, costPerHourUsd, costPerMonthUsd } = remediation;
  return {
    remediationId,
    resourceKey: resourceKeyOf(change),
    at,
    wasUndone: false,
    isInForce: true,
    costPerHourUsd: Math.max(0, costPerHourUsd),
    costPerMonthUsd: Math.max(0, costPerMonthUsd),
    ...(isDiagnostic(change) && { isDiagnostic: true as const }),
  };
}
