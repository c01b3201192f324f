import type { Alert, Finding, ForecastsAnswer } from '@lamplighter/contracts';
import { AHEAD, isAhead } from '../domain/ahead.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import { type OpenCount, openCount } from '../domain/open-count.ts';
import type { Asked, ServiceName } from '../ports.ts';
import type { Endpoint } from './api-request.ts';
import { answerIfAny } from './expect-answer.ts';

/** Whether a service can be asked. */
export interface ServiceStatus {
  readonly service: ServiceName;
  readonly state: 'up' | 'not-deployed' | 'failed';
  readonly reason?: string;
}

/** An open finding with the alert that stands for it: its own, or that of another finding of the same cause. Absent where none is told. */
type OpenFinding = FindingItem & { readonly alertId?: string };

/** What is counted of a kind of things. */
type Count = 'openFindings' | 'criticalFindings' | 'openAlerts' | 'criticalAlerts';

/** Everything in one look. Lists are cut at a hundred, the worst first; the counts are of all, but for those that `atLeast` names. */
export interface Now extends Readonly<Record<Count, number>> {
  readonly stage: string;
  readonly services: readonly ServiceStatus[];
  readonly findings: readonly OpenFinding[];
  readonly alerts: readonly Alert[];
  /** Counts of what a service has too much of to tell it all: there may be more. */
  readonly atLeast: readonly Count[];
  /** Every repair that waits for a person, the one whose time is up first, first. */
  readonly waiting: readonly RemediationItem[];
  /** The newest of the others. */
  readonly remediations: readonly RemediationItem[];
  /** Limits that will probably be hit, and were not yet. */
  readonly breaches: Extract<ForecastsAnswer, { kind: 'breaches' }>['breaches'];
  /** Null where the remediation service is not there to say so. */
  readonly isKilled: boolean | null;
}

const MOST = 100;
/** As many as the analysis service tells at once, the newest; and the alerting service. */
const MOST_FINDINGS_TOLD = 1_000;
const MOST_ALERTS_TOLD = 100;
const NEWEST_REPAIRS = 20;

/** `GET /api/now` */
export const getNow: Endpoint = async (_request, { services, stage }): Promise<Now> => {
  const [audit, findings, alerts, repairs, breaches] = await Promise.all([
    services.audit({ kind: 'functions', limit: 1 }),
    services.findings({ kind: 'open' }),
    services.alerts({ kind: 'open' }),
    services.remediations({ kind: 'overview', limit: NEWEST_REPAIRS }),
    services.forecasts({ kind: 'breaches', changes: [...AHEAD], limit: 50 }),
  ]);
  const open = answerIfAny(findings, 'findings')?.findings ?? [];
  const overview = answerIfAny(repairs, 'overview');
  const told = withoutProof(answerIfAny(alerts, 'alerts'));
  const alarmed = bySeverity(told.alerts).slice(0, MOST);
  const worst = bySeverity(open).slice(0, MOST);
  return {
    stage,
    services: [
      statusOf('ingestion', audit, 'functions'),
      statusOf('analysis', findings, 'findings'),
      statusOf('prediction', breaches, 'breaches'),
      statusOf('remediation', repairs, 'overview'),
      statusOf('alerting', alerts, 'alerts'),
    ],
    findings: worst.map((finding) => openFinding(finding, alarmed)),
    alerts: alarmed,
    ...countsOf({
      findings: openCount(open, { most: MOST_FINDINGS_TOLD }),
      alerts: openCount(told.alerts, { most: MOST_ALERTS_TOLD - told.left, total: told.total }),
    }),
    waiting: (overview?.waiting ?? []).map(remediationItem),
    remediations: (overview?.recent ?? []).filter(({ state }) => state !== 'awaiting-approval').map(remediationItem),
    breaches: (answerIfAny(breaches, 'breaches')?.breaches ?? []).filter(isAhead),
    isKilled: overview?.isKilled ?? null,
  };
};

function countsOf({ findings, alerts }: { readonly findings: OpenCount; readonly alerts: OpenCount }) {
  const atLeast: Readonly<Record<Count, boolean>> = {
    openFindings: findings.isOpenLeast,
    criticalFindings: findings.isCriticalLeast,
    openAlerts: alerts.isOpenLeast,
    criticalAlerts: alerts.isCriticalLeast,
  };
  return {
    openFindings: findings.open,
    criticalFindings: findings.critical,
    openAlerts: alerts.open,
    criticalAlerts: alerts.critical,
    atLeast: (Object.keys(atLeast) as Count[]).filter((name) => atLeast[name]),
  };
}

/** The daily synthetic alert stays open until the next one, and says that nothing is wrong: nobody has to do anything about it. */
function withoutProof(
  { alerts, total }: { readonly alerts: readonly Alert[]; readonly total?: number | undefined } = { alerts: [] },
) {
  const others = alerts.filter(({ subject }) => subject.kind !== 'synthetic');
  const left = alerts.length - others.length;
  return { alerts: others, left, total: total === undefined ? undefined : total - left };
}

/** Findings of one cause are one alert, whose subject is the first of them. */
function openFinding(finding: Finding, alerts: readonly Alert[]): OpenFinding {
  const isOwn = ({ subject }: Alert): boolean => subject.kind === 'finding' && subject.id === finding.findingId;
  const isOfGroup = ({ groupKey }: Alert): boolean => groupKey === `finding/${finding.groupKey}`;
  const alert = alerts.find(isOwn) ?? alerts.find(isOfGroup);
  return { ...findingItem(finding), ...(alert && { alertId: alert.alertId }) };
}

function statusOf(
  service: ServiceStatus['service'],
  asked: Asked<{ readonly kind: string }>,
  wanted: string,
): ServiceStatus {
  if (asked.kind === 'answered' && asked.answer.kind === wanted) return { service, state: 'up' };
  if (asked.kind === 'answered')
    return { service, state: 'failed', reason: `The ${service} service does not know this question: deploy it again.` };
  if (asked.kind === 'not-deployed') return { service, state: 'not-deployed' };
  return { service, state: 'failed', reason: asked.reason };
}

const WEIGHT = { critical: 0, warning: 1, info: 2 } as const;

/** Critical first, and of one severity the newest first. */
function bySeverity<Item extends { readonly severity: keyof typeof WEIGHT; readonly openedAt: number }>(
  items: readonly Item[],
): Item[] {
  return items.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || b.openedAt - a.openedAt);
}
