import {
  type Alert,
  type AlertsAnswer,
  type AlertsQuery,
  type Finding,
  type Remediation,
  RemediationChanged,
  type RemediationsAnswer,
  type RemediationsQuery,
} from '@lamplighter/contracts';

const { remediation } = RemediationChanged.example;

/** One that waits for somebody. */
export const aRepair = (remediationId: string): Remediation => ({
  ...remediation,
  remediationId,
  state: 'awaiting-approval',
});

const quiet = { isKilled: false, waiting: [] as Remediation[], findings: [] as Finding[], alerts: [] as Alert[] };

/** What the services hold at the moment, and what they were asked to change. */
export const played = { ...quiet, alertsTotal: 0, changes: [] as RemediationsQuery[], answers: [] as AlertsQuery[] };

/** Nothing is open, and nobody did anything. */
export const begin = (): void => void Object.assign(played, { ...quiet, alertsTotal: 0, changes: [], answers: [] });

/** A hundred a page, as the cursor says by its number. */
export function alertsAnswerOf(query: AlertsQuery): AlertsAnswer {
  const { alerts, alertsTotal } = played;
  switch (query.kind) {
    case 'on-call':
      return { kind: 'on-call', rotas: [] };
    case 'open':
      return { kind: 'alerts', alerts, total: alertsTotal };
    case 'recent': {
      const end = Number(query.cursor ?? 0) + 100;
      return { kind: 'alerts', alerts: alerts.slice(end - 100, end), ...(end < alerts.length && { cursor: `${end}` }) };
    }
    case 'answer': {
      played.answers.push(query);
      const answered = {
        state: query.answer === 'close' ? 'closed' : 'acknowledged',
        acknowledgedBy: query.by,
      } as const;
      played.alerts = alerts.map((one) => (one.alertId === query.alertId ? { ...one, ...answered } : one));
      return { kind: 'alert', alert: played.alerts.find(({ alertId }) => alertId === query.alertId)! };
    }
    default:
      return { kind: 'not-found' };
  }
}

/** What is asked to be changed is written down. */
export function remediationsAnswerOf(query: RemediationsQuery): RemediationsAnswer {
  switch (query.kind) {
    case 'overview':
      return { kind: 'overview' as const, waiting: played.waiting, recent: [], isKilled: played.isKilled };
    case 'by-id': {
      const found = played.waiting.find(({ remediationId }) => remediationId === query.remediationId);
      return { kind: 'remediation' as const, remediation: found ?? { ...aRepair('r-1'), state: 'declined' as const } };
    }
    case 'recent':
      return { kind: 'remediations' as const, remediations: played.waiting };
    case 'set-kill-switch':
      played.changes.push(query);
      played.isKilled = query.isOn;
      return guardrails();
    case 'guardrails':
      return guardrails();
    default:
      played.changes.push(query);
      return { kind: 'not-found' as const };
  }
}

const guardrails = () => ({ kind: 'guardrails' as const, isKilled: played.isKilled, config: {} });
