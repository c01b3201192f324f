import { type GuardRequest, isDiagnostic, resourceKeyOf, settingsOf } from '@lamplighter/remedies';
import { elsewhere, type Home } from '../domain/home.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { ChangeRecord } from '../ports.ts';

const MINUTE_MS = 60_000;

export function guardRequestOf(stored: StoredRemediation, home: Home): GuardRequest {
  const {
    remediation,
    change,
    resourceTags,
    stage,
    observed,
    alsoCalled = [],
    isAlwaysAsked,
    obstacle,
    untilMinutes,
  } = stored;
  const { remediationId, playbook, risk, resource, costPerHourUsd, costPerMonthUsd, approvalsNeeded } = remediation;
  const away = elsewhere(resource, home);
  return {
    remediationId,
    playbook,
    risk,
    change,
    resourceName: resource.name,
    otherNames: [observed.name, ...alsoCalled],
    ...(away !== undefined && { elsewhere: away }),
    ...(resourceTags && { resourceTags }),
    ...(stage !== undefined && { stage }),
    costPerHourUsd,
    costPerMonthUsd,
    ...(stored.costOnceUsd !== undefined && { costOnceUsd: stored.costOnceUsd }),
    ...(untilMinutes !== undefined && { untilMinutes }),
    isAlwaysAsked,
    approvalsNeeded,
    ...(obstacle && { obstacle }),
  };
}

export function changeRecordOf(
  { remediation, change, costOnceUsd, untilMinutes }: StoredRemediation,
  at: number,
): ChangeRecord {
  const { remediationId, costPerHourUsd, costPerMonthUsd } = remediation;
  return {
    remediationId,
    resourceKey: resourceKeyOf(change),
    at,
    wasUndone: false,
    isInForce: true,
    costPerHourUsd: Math.max(0, costPerHourUsd),
    costPerMonthUsd: Math.max(0, costPerMonthUsd),
    ...(costOnceUsd !== undefined && { costOnceUsd }),
    ...(untilMinutes !== undefined && {
      heldSettings: settingsOf(change),
      hold: { change, until: at + untilMinutes * MINUTE_MS },
    }),
    ...(isDiagnostic(change) && { isDiagnostic: true as const }),
  };
}
