import { type AlertsAnswer, AlertsQuery } from '@lamplighter/contracts';
import { alertView } from '../../domain/alert-view.ts';
import type { AlertAnswer } from '../../domain/answer-alert.ts';
import { type AlertingPolicy, stepsFor } from '../../domain/policy/policy.ts';
import { onCall } from '../../domain/rota/on-call.ts';
import { isUndeliverable } from '../../domain/stand-ins.ts';
import { worstFirst } from '../../domain/worst-first.ts';
import { answerStoredAlert } from '../../outbox/answer-stored-alert.ts';
import type { OutboxPort, PolicyPort, StoredAlertWithDeliveries } from '../../ports.ts';

export interface QueryAlertsDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

const RECENT = 50;
const MOST_ANSWERED = 100;
const MOST_LOOKED_AT = 5_000;

/** Answers a question about alerts, or takes a person's answer to one. */
export async function queryAlerts(question: unknown, deps: QueryAlertsDeps): Promise<AlertsAnswer> {
  const parsed = AlertsQuery.safeParse(question);
  if (!parsed.success) return { kind: 'invalid-query', reason: parsed.error.issues[0]?.message ?? 'no query' };
  const query = parsed.data;
  switch (query.kind) {
    case 'open':
      return openAlerts(deps, () => true);
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
    case 'on-call':
      return { kind: 'on-call', rotas: onCallAt(await deps.policy(), query.at ?? deps.now()) };
  }
}

async function missedAlerts(deps: QueryAlertsDeps): Promise<AlertsAnswer> {
  const inForce = await deps.policy();
  return openAlerts(deps, (one) => isMissed(one, inForce));
}

/** The worst of the open alerts that are wanted, as many as an answer takes (6 MB), and how many there are; not how many where there is no time to look at all. */
async function openAlerts(
  { outbox }: QueryAlertsDeps,
  isWanted: (alert: StoredAlertWithDeliveries) => boolean,
): Promise<AlertsAnswer> {
  const wanted: StoredAlertWithDeliveries[] = [];
  let seen = 0;
  for await (const page of outbox.open()) {
    wanted.push(...page.filter(isWanted));
    seen += page.length;
    if (seen >= MOST_LOOKED_AT) break;
  }
  const worst = wanted.sort((a, b) => worstFirst(a.alert.value, b.alert.value)).slice(0, MOST_ANSWERED);
  return { kind: 'alerts', alerts: worst.map(viewOf), ...(seen < MOST_LOOKED_AT && { total: wanted.length }) };
}

function isMissed({ alert: { value: alert }, deliveries }: StoredAlertWithDeliveries, policy: AlertingPolicy): boolean {
  const isThroughAllSteps = alert.state === 'open' && alert.stepsTaken >= stepsFor(policy, alert.severity).length;
  const isUnanswered = isThroughAllSteps && alert.nextStepAt === undefined && alert.severity !== 'info';
  const isUnheard = alert.stepsTaken > 0 && deliveries.length === 0;
  return isUnanswered || isUnheard || isUndeliverable(deliveries.map(({ value }) => value));
}

function answerIn(query: Extract<AlertsQuery, { kind: 'answer' }>): AlertAnswer {
  const { answer, by, minutes = 60 } = query;
  return answer === 'snooze' ? { kind: answer, by, minutes } : { kind: answer, by };
}

const onCallAt = ({ rotas }: AlertingPolicy, at: number) =>
  Object.entries(rotas).map(([rota, settings]) => ({ rota, person: onCall(settings, at) }));

const viewOf = ({ alert, deliveries }: StoredAlertWithDeliveries) =>
  alertView(
    alert.value,
    deliveries.map(({ value }) => value),
  );

const answerOf = (found: StoredAlertWithDeliveries | undefined): AlertsAnswer =>
  found === undefined ? { kind: 'not-found' } : { kind: 'alert', alert: viewOf(found) };
