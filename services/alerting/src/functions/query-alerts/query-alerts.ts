import { type AlertsAnswer, AlertsQuery } from '@lamplighter/contracts';
import { answerQuestion } from '@lamplighter/lambda-kit/answer-question';
import type { AlertAnswer } from '../../domain/answer-alert.ts';
import type { AlertingPolicy } from '../../domain/policy/policy.ts';
import { onCall } from '../../domain/rota/on-call.ts';
import { silencesAt } from '../../domain/silenced.ts';
import { answerStoredAlert } from '../../outbox/answer-stored-alert.ts';
import type { OutboxPort, PolicyPort, StoredAlertWithDeliveries } from '../../ports.ts';
import { missedAlerts, openAlerts, viewOf } from './listed-alerts.ts';

export interface QueryAlertsDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

const RECENT = 50;

/** Answers a question about alerts, or takes a person's answer to one. */
export const queryAlerts = (question: unknown, deps: QueryAlertsDeps): Promise<AlertsAnswer> =>
  answerQuestion(AlertsQuery, question, (query) => answer(query, deps));

async function answer(query: AlertsQuery, deps: QueryAlertsDeps): Promise<AlertsAnswer> {
  switch (query.kind) {
    case 'open':
      return openAlerts(deps);
    case 'missed':
      return missedAlerts(deps);
    case 'recent': {
      const { alerts, cursor } = await deps.outbox.recent(query.limit ?? RECENT, query.cursor);
      return { kind: 'alerts', alerts: alerts.map(viewOf), ...(cursor && { cursor }) };
    }
    case 'by-id':
      return answerOf(await deps.outbox.alert(query.alertId));
    case 'answer': {
      const outcome = await answerStoredAlert(query.alertId, answerIn(query), deps);
      return answerOf(outcome.kind === 'not-found' ? undefined : outcome.alert);
    }
    case 'on-call': {
      const policy = await deps.policy();
      const at = query.at ?? deps.now();
      return { kind: 'on-call', rotas: onCallAt(policy, at), silences: silencedAt(policy, at) };
    }
  }
}

function answerIn(query: Extract<AlertsQuery, { kind: 'answer' }>): AlertAnswer {
  const { answer: kind, by, minutes = 60 } = query;
  return kind === 'snooze' ? { kind, by, minutes } : { kind, by };
}

const onCallAt = ({ rotas }: AlertingPolicy, at: number) =>
  Object.entries(rotas).map(([rota, settings]) => ({ rota, person: onCall(settings, at) }));

const silencedAt = (policy: AlertingPolicy, at: number) =>
  silencesAt(policy, at).map(({ silence: { about, because }, until }) => ({ about, until, because }));

const answerOf = (found: StoredAlertWithDeliveries | undefined): AlertsAnswer =>
  found === undefined ? { kind: 'not-found' } : { kind: 'alert', alert: viewOf(found) };
