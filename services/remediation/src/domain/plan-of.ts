import type { Finding } from '@lamplighter/contracts';
import {
  approvalsNeededFor,
  type GuardrailConfig,
  type PlannedRemedy,
  type RemedyContext,
  resourceKeyOf,
  trialOf,
} from '@lamplighter/remedies';
import { plannedFrom } from './planned-from.ts';
import { remediationIdOf } from './remediation-identity.ts';
import { stageOfChange } from './stage-of-change.ts';
import type { StoredRemediation } from './stored-remediation.ts';
import { tagsOfChange } from './tags-of-change.ts';

const HOURS_A_MONTH = 730;

/** A planned remedy as a repair that can be stored and started. `earlier`: repairs of the finding by the same playbook, which it follows. */
export function planOf(
  remedy: PlannedRemedy,
  context: RemedyContext,
  config: GuardrailConfig,
  earlier = 0,
): StoredRemediation {
  const { playbook, proposal } = remedy;
  const { finding, now } = context;
  const resourceTags = tagsOfChange(proposal.change, context);
  const stage = stageOfChange(resourceTags, context, config.stageTag);
  const hours = proposal.untilMinutes === undefined ? HOURS_A_MONTH : proposal.untilMinutes / 60;
  return {
    change: plannedFrom(proposal.change, context),
    trial: trialOf(remedy, context),
    observed: finding.resource,
    permissions: [...playbook.permissions, ...(proposal.permissions ?? [])],
    ...(resourceTags && { resourceTags }),
    ...(stage !== undefined && { stage }),
    ...(isOfApi(proposal.change) && context.api?.name !== undefined && { alsoCalled: [context.api.name] }),
    ...(proposal.costOnceUsd !== undefined && { costOnceUsd: proposal.costOnceUsd }),
    isAlwaysAsked: playbook.alwaysAsks === true,
    verdictMinutes: config.verdictMinutes,
    ...(proposal.obstacle && { obstacle: proposal.obstacle }),
    ...(proposal.untilMinutes !== undefined && { untilMinutes: proposal.untilMinutes }),
    remediation: {
      remediationId: remediationIdOf(finding.findingId, playbook.name, finding.openedAt, earlier),
      playbook: playbook.name,
      parameters: parametersOf(proposal.change),
      resource: { ...finding.resource, name: nameOf(finding, proposal.change) },
      findingId: finding.findingId,
      findingClass: finding.class,
      findingSeverity: finding.severity,
      mode: config.mode,
      state: 'planned',
      revision: 0,
      plannedAt: now,
      updatedAt: now,
      title: proposal.title,
      reason: proposal.reason,
      evidence: finding.evidence,
      risk: playbook.risk,
      costPerHourUsd: proposal.costPerHourUsd,
      costPerMonthUsd: proposal.costPerHourUsd * hours + (proposal.costOnceUsd ?? 0),
      undo: proposal.undo,
      refusals: [],
      decisions: [],
      approvalsNeeded: approvalsNeededFor(playbook),
      ...(proposal.patch !== undefined && { patch: proposal.patch }),
    },
  };
}

const isOfApi = ({ kind }: PlannedRemedy['proposal']['change']): boolean =>
  kind === 'api-throttle' || kind === 'api-cache';

function parametersOf(change: PlannedRemedy['proposal']['change']): Record<string, string | number | boolean> {
  const entries = Object.entries(change).filter(([key]) => key !== 'kind');
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean),
    ]),
  );
}

/** The thing that is changed, by its own name: it decides what may never be touched. */
function nameOf(finding: Finding, change: PlannedRemedy['proposal']['change']): string {
  const key = resourceKeyOf(change);
  return (
    key
      .slice(key.indexOf('/') + 1)
      .split(':')
      .at(-1) ?? finding.resource.name
  );
}
