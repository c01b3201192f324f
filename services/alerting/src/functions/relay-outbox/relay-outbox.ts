import { AlertChanged, type EventEntry } from '@lamplighter/contracts';
import { alertView } from '../../domain/alert-view.ts';
import { isHeldBack } from '../../domain/close-alert.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import type { OrderDeliveryPort, OutboxPort, PublishPort, StartEscalationPort } from '../../ports.ts';

/** A row of the outbox that was written, and what stood there before. */
export type OutboxRow =
  | { readonly kind: 'alert'; readonly before?: StoredAlert; readonly after: StoredAlert }
  | { readonly kind: 'delivery'; readonly before?: Delivery; readonly after: Delivery };

export interface RelayOutboxDeps {
  readonly outbox: Pick<OutboxPort, 'alert'>;
  readonly order: OrderDeliveryPort;
  readonly startEscalation: StartEscalationPort;
  readonly publish: PublishPort;
  /** News that could not be told on the bus. */
  readonly unpublished: (count: number, error: Error) => void;
}

/** Executions that are begun at a time. */
const AT_ONCE = 10;

/**
 * What writes to the outbox set in motion: deliveries, escalations, the news on the bus. None of them waits for another, and people hear of an alert whether
 * the bus takes the news or not: those are written down as lost, since whoever shows alerts can ask for them. Every effect may be repeated.
 * @throws AggregateError after everything was tried, where an order or an escalation was refused
 */
export async function relayOutbox(rows: readonly OutboxRow[], deps: RelayOutboxDeps): Promise<void> {
  const effects = [
    () => deps.order(rows.flatMap(orderOf), 0),
    () => startEscalations(rows.flatMap(escalationOf), deps.startEscalation),
    () => announce(rows.flatMap(announcementOf), deps),
  ];
  const outcomes: PromiseSettledResult<void>[] = [];
  for (const effect of effects) outcomes.push(...(await Promise.allSettled([effect()])));
  throwIfRefused(outcomes, 'What an alert sets in motion was refused.');
}

async function announce(announcements: readonly Announcement[], deps: RelayOutboxDeps): Promise<void> {
  if (announcements.length === 0) return;
  try {
    await deps.publish(await entriesOf(announcements, deps.outbox));
  } catch (error) {
    deps.unpublished(announcements.length, error as Error);
  }
}

function throwIfRefused(outcomes: readonly PromiseSettledResult<unknown>[], message: string): void {
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  const errors = reasons.flatMap((reason) =>
    reason instanceof AggregateError ? (reason.errors as unknown[]) : [reason],
  );
  if (errors.length > 0) throw new AggregateError(errors, message, { cause: errors[0] });
}

function orderOf(row: OutboxRow): Delivery[] {
  if (row.kind !== 'delivery') return [];
  const { before, after } = row;
  const isWanted = after.state === 'pending' && after.wanted > after.sent;
  return isWanted && before?.wanted !== after.wanted ? [after] : [];
}

function escalationOf(row: OutboxRow): StoredAlert[] {
  if (row.kind !== 'alert' || (row.after.state === 'closed' && !isHeldBack(row.after))) return [];
  return row.before?.escalationRun === row.after.escalationRun ? [] : [row.after];
}

async function startEscalations(alerts: readonly StoredAlert[], start: StartEscalationPort): Promise<void> {
  const outcomes: PromiseSettledResult<void>[] = [];
  for (let at = 0; at < alerts.length; at += AT_ONCE) {
    const some = alerts.slice(at, at + AT_ONCE);
    outcomes.push(
      ...(await Promise.allSettled(some.map(({ alertId, escalationRun }) => start(alertId, escalationRun)))),
    );
  }
  throwIfRefused(outcomes, 'Escalations were refused.');
}

interface Announcement {
  readonly alertId: string;
  readonly change: StoredAlert['lastChange'] | 'delivered' | 'undeliverable';
  readonly key: string;
  /** The alert as it was with that change, where the row shows it. */
  readonly alert?: StoredAlert;
}

function announcementOf(row: OutboxRow): Announcement[] {
  const { alertId } = row.after;
  if (row.kind === 'alert') {
    const { before, after: alert } = row;
    // A flood's thousand members are no thousand events.
    const isNews = before?.newsRevision !== alert.newsRevision;
    return isNews ? [{ alertId, change: alert.lastChange, key: String(alert.revision), alert }] : [];
  }
  const change = (['delivered', 'undeliverable'] as const).find((state) => hasBecome(row, state));
  if (change === undefined) return [];
  const { channel, recipient, wanted } = row.after;
  return [{ alertId, change, key: `${change}/${channel}/${recipient}/${wanted}` }];
}

const hasBecome = ({ before, after }: OutboxRow & { kind: 'delivery' }, state: Delivery['state']): boolean =>
  after.state === state && before?.state !== state;

async function entriesOf(
  announcements: readonly Announcement[],
  outbox: Pick<OutboxPort, 'alert'>,
): Promise<EventEntry[]> {
  const ids = [...new Set(announcements.map(({ alertId }) => alertId))];
  const kept = new Map<string, Awaited<ReturnType<OutboxPort['alert']>>>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map((id) => outbox.alert(id)));
    for (const [index, id] of some.entries()) kept.set(id, read[index]);
  }
  return announcements.flatMap(({ alertId, change, key, alert = kept.get(alertId)?.alert.value }) => {
    if (alert === undefined) return [];
    const deliveries = (kept.get(alertId)?.deliveries ?? []).map(({ value }) => value);
    return [AlertChanged.entry({ change, alert: alertView(alert, deliveries) }, `${alertId}/${key}`)];
  });
}
