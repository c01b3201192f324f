import { memberLines } from './member-lines.ts';
import type { OutgoingMessage } from './outgoing-message.ts';

/** What brings PagerDuty up to date: stages that follow each other, each of events that may be sent side by side. */
export interface PagerDutyUpdate {
  readonly stages: readonly (readonly object[])[];
  /** The incident that may be living from then on, or the earliest of those that may. */
  readonly receipt: string;
}

type Action = 'trigger' | 'acknowledge' | 'resolve';

/** Incidents that one update looks after. Of an alert that was snoozed oftener between two pages, all but the first and the newest were never told. */
const MOST_RUNS = 20;

/**
 * Events API v2: https://developer.pagerduty.com/docs/send-alert-event. Whoever acknowledged an incident is not paged again by whatever is triggered under its
 * `dedup_key`. So each run of the escalation, which a snooze that is over or a worse severity begins, is an incident of its own, and the one before is
 * resolved first. Every event may be repeated: the same key is the same incident. The daily proof is over with the update that shows it.
 */
export function pagerDutyUpdate(message: OutgoingMessage, routingKey: string): PagerDutyUpdate {
  const { alert, delivery } = message;
  const newest = alert.escalationRun;
  const earliest = runOf(delivery.receipt);
  const runs = runsBetween(earliest, newest);
  const say = (action: Action, run: number) => eventOf(action, incidentKey(alert.alertId, run), message, routingKey);
  // A snooze names the run that will begin when it is over.
  const shown = alert.state === 'snoozed' ? Math.max(earliest, newest - 1) : newest;
  const receipt = incidentKey(alert.alertId, shown);
  const show = [runs.filter((run) => run < shown).map((run) => say('resolve', run)), [say('trigger', shown)]];
  // What was in somebody's hands, or over, before it could be told has to be seen there all the same.
  const first = delivery.sent < 0 ? show : [];
  if (alert.subject.kind === 'synthetic') return { stages: [...first, [say('resolve', shown)]], receipt };
  switch (alert.state) {
    case 'open':
      return { stages: show, receipt };
    case 'closed':
      return { stages: [...first, runs.map((run) => say('resolve', run))], receipt };
    default: {
      if (first.length > 0) return { stages: [...first, [say('acknowledge', shown)]], receipt };
      return { stages: [runs.map((run) => say('acknowledge', run))], receipt: incidentKey(alert.alertId, earliest) };
    }
  }
}

function runsBetween(earliest: number, newest: number): number[] {
  const others = Array.from({ length: newest - earliest }, (_, index) => earliest + 1 + index);
  return [earliest, ...others.slice(1 - MOST_RUNS)];
}

function eventOf(action: Action, dedup_key: string, { alert, answerUrl }: OutgoingMessage, routing_key: string) {
  const addressed = { routing_key, event_action: action, dedup_key };
  if (action !== 'trigger') return addressed;
  return {
    ...addressed,
    client: 'Lamplighter',
    payload: {
      summary: alert.title.slice(0, 1024),
      source: alert.subject.id,
      severity: alert.severity,
      timestamp: new Date(alert.openedAt).toISOString(),
      group: alert.groupKey,
      class: alert.subject.kind,
      custom_details: {
        text: [alert.text, ...memberLines(alert)].join('\n').slice(0, 100_000),
        alertId: alert.alertId,
        occurrences: alert.occurrences,
      },
    },
    ...(answerUrl !== undefined && { links: [{ href: answerUrl, text: 'Take it on, snooze or close it' }] }),
  };
}

/** The first run bears the alert's own name. */
const incidentKey = (alertId: string, run: number): string => (run === 1 ? alertId : `${alertId}/${run}`);

const runOf = (receipt: string | undefined): number => Number(/\/(\d+)$/.exec(receipt ?? '')?.[1] ?? 1);
