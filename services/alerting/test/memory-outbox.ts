import { type AlertList, listOf } from '../src/domain/alert-list.ts';
import { type Delivery, deliveryKey } from '../src/domain/delivery.ts';
import { subjectKey } from '../src/domain/fold-signals.ts';
import { heardUpTo } from '../src/domain/heard-trouble.ts';
import type { Member, StoredAlert } from '../src/domain/stored-alert.ts';
import type { OutboxRow } from '../src/functions/relay-outbox/relay-outbox.ts';
import type { CommitOutcome, OutboxChange, OutboxPort, Read, StoredAlertWithDeliveries } from '../src/ports.ts';

/** The outbox in memory, with the conditions that DynamoDB would check and the rows that its stream would show. */
export class MemoryOutbox implements OutboxPort {
  readonly alerts = new Map<string, Read<StoredAlert>>();
  /** Alerts that were read with their deliveries, many at a time. */
  reads = 0;
  readonly rows = new Map<string, Map<string, Read<Delivery>>>();
  readonly stream: OutboxRow[] = [];
  readonly #groups = new Map<string, string>();
  readonly #members = new Map<string, Member>();

  async alert(alertId: string): Promise<StoredAlertWithDeliveries | undefined> {
    const alert = this.alerts.get(alertId);
    return alert && { alert, deliveries: [...(this.rows.get(alertId)?.values() ?? [])] };
  }

  async group(groupKey: string) {
    const newestId = this.#groups.get(groupKey);
    const current = newestId === undefined ? undefined : await this.alert(newestId);
    return { ...(newestId !== undefined && { newestId }), ...(current && { current }) };
  }

  async members(subjects: readonly Member['subject'][]): Promise<Member[]> {
    return subjects.flatMap((subject) => this.#members.get(subjectKey(subject)) ?? []);
  }

  async commit(change: OutboxChange): Promise<CommitOutcome> {
    if (!this.#holds(change)) return 'conflict';
    const { alert, members = [], deliveries } = change;
    if (alert) {
      const before = this.alerts.get(alert.value.alertId)?.value;
      this.alerts.set(alert.value.alertId, { value: alert.value, version: alert.version + 1 });
      if (alert.version === 0) this.#groups.set(alert.value.groupKey, alert.value.alertId);
      this.stream.push({ kind: 'alert', after: alert.value, ...(before && { before }) });
    }
    for (const member of members) this.#members.set(subjectKey(member.subject), member);
    for (const { value, version } of deliveries) {
      const own = this.rows.get(value.alertId) ?? new Map<string, Read<Delivery>>();
      const before = own.get(deliveryKey(value))?.value;
      this.rows.set(value.alertId, own.set(deliveryKey(value), { value, version: version + 1 }));
      this.stream.push({ kind: 'delivery', after: value, ...(before && { before }) });
    }
    return 'committed';
  }

  async read(alertIds: readonly string[]): Promise<StoredAlertWithDeliveries[]> {
    this.reads += alertIds.length;
    const found = await Promise.all(alertIds.map((alertId) => this.alert(alertId)));
    return found.filter((one) => one !== undefined);
  }

  async *listed(list: AlertList, since = Number.NEGATIVE_INFINITY) {
    const own = [...this.alerts.values()].flatMap(({ value }) => (listOf(value) === list ? [value] : []));
    yield own
      .filter(({ openedAt }) => openedAt >= since)
      .sort((a, b) => b.openedAt - a.openedAt)
      .map(({ alertId }) => alertId);
  }

  async recent() {
    return { alerts: await this.read([...this.alerts.keys()]) };
  }

  member(subject: Member['subject']): Member | undefined {
    return this.#members.get(subjectKey(subject));
  }

  deliveries(): Delivery[] {
    return [...this.rows.values()].flatMap((own) => [...own.values()].map(({ value }) => value));
  }

  #isNewer(member: Member): boolean {
    const stored = this.#members.get(subjectKey(member.subject));
    if (stored === undefined) return true;
    const rises = [member.revision - stored.revision, heardUpTo(member) - heardUpTo(stored)];
    return rises.every((rise) => rise >= 0) && rises.some((rise) => rise > 0);
  }

  #holds({ alert, replaces, members = [], deliveries, unchanged = [] }: OutboxChange): boolean {
    const isAsRead = ({ value, version }: Read<Delivery>) =>
      (this.rows.get(value.alertId)?.get(deliveryKey(value))?.version ?? 0) === version;
    const isAlertAsRead = !alert || (this.alerts.get(alert.value.alertId)?.version ?? 0) === alert.version;
    const isGroupAsRead = alert?.version !== 0 || this.#groups.get(alert.value.groupKey) === replaces;
    return (
      isAlertAsRead &&
      isGroupAsRead &&
      members.every((member) => this.#isNewer(member)) &&
      [...deliveries, ...unchanged].every(isAsRead)
    );
  }
}
