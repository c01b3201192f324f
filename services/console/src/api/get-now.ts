import type { Alert, ForecastsAnswer } from '@lamplighter/contracts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import type { Asked } from '../ports.ts';
import type { Endpoint } from './api-request.ts';
import { answerIfAny } from './expect-answer.ts';

/** Whether a service can be asked. */
export interface ServiceStatus {
  readonly service: 'ingestion' | 'analysis' | 'prediction' | 'remediation' | 'alerting';
  readonly state: 'up' | 'not-deployed' | 'failed';
  readonly reason?: string;
}

/** Everything in one look. Lists are cut at a hundred; the counts are whole. */
export interface Now {
  readonly stage: string;
  readonly services: readonly ServiceStatus[];
  readonly openFindings: number;
  readonly findings: readonly FindingItem[];
  readonly openAlerts: number;
  readonly alerts: readonly Alert[];
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
const NEWEST_REPAIRS = 20;

/** `GET /api/now` */
export const getNow: Endpoint = async (_request, { services, stage }): Promise<Now> => {
  const [audit, findings, alerts, repairs, breaches] = await Promise.all([
    services.audit({ kind: 'functions', limit: 1 }),
    services.findings({ kind: 'open' }),
    services.alerts({ kind: 'open' }),
    services.remediations({ kind: 'overview', limit: NEWEST_REPAIRS }),
    services.forecasts({ kind: 'breaches', limit: 50 }),
  ]);
  const open = answerIfAny(findings, 'findings')?.findings ?? [];
  const overview = answerIfAny(repairs, 'overview');
  const alarmed = answerIfAny(alerts, 'alerts')?.alerts ?? [];
  return {
    stage,
    services: [
      statusOf('ingestion', audit, 'functions'),
      statusOf('analysis', findings, 'findings'),
      statusOf('prediction', breaches, 'breaches'),
      statusOf('remediation', repairs, 'overview'),
      statusOf('alerting', alerts, 'alerts'),
    ],
    openFindings: open.length,
    findings: bySeverity(open.map(findingItem)).slice(0, MOST),
    openAlerts: alarmed.length,
    alerts: bySeverity(alarmed).slice(0, MOST),
    waiting: (overview?.waiting ?? []).map(remediationItem),
    remediations: (overview?.recent ?? []).filter(({ state }) => state !== 'awaiting-approval').map(remediationItem),
    breaches: (answerIfAny(breaches, 'breaches')?.breaches ?? []).filter(
      ({ change }) => change === 'predicted' || change === 'corrected',
    ),
    isKilled: overview?.isKilled ?? null,
  };
};

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
