import { alertIdOf } from '../src/domain/alert-identity.ts';
import type { AlertSignal } from '../src/domain/alert-signal.ts';
import { foldSignals, subjectKey } from '../src/domain/fold-signals.ts';
import type { Member, StoredAlert } from '../src/domain/stored-alert.ts';
import { sortEvents } from '../src/functions/accept-event/accept-event.ts';
import { testPolicy } from './test-policy.ts';

/** An event that is taken from the queue once, and not in vain. */
export interface Arrival {
  readonly body: string;
  readonly atMs: number;
}

/** SQS lets a message wait for no longer. */
const LONGEST_DELAY_MS = 900_000;
const policy = testPolicy('http://127.0.0.1:1');

/** What events of one alarm come to, in the order and at the times in which they are taken; pure. */
export class AlarmQueue {
  /** Alerts that reached somebody, as they were last. */
  readonly told = new Map<string, StoredAlert>();
  /** Revisions whose trouble an alert in earnest told. */
  readonly covered: number[] = [];
  alert: StoredAlert | undefined;
  readonly #heard = new Map<string, Member>();
  readonly #retryMs: number;

  /** @param retryMs by how much each event that was held back comes late, because its first attempt failed */
  constructor(retryMs: number) {
    this.#retryMs = retryMs;
  }

  take(arrivals: readonly Arrival[]): this {
    const waiting = [...arrivals];
    while (waiting.length > 0) {
      waiting.sort((a, b) => a.atMs - b.atMs);
      const now = waiting[0]!.atMs;
      const batch = waiting.splice(0, waiting.filter(({ atMs }) => atMs === now).length);
      const { groups, held, unreadable } = sortEvents(
        batch.map(({ body }) => ({ id: body, body })),
        now,
      );
      if (unreadable[0]) throw unreadable[0].error;
      for (const own of groups.values())
        this.#accept(
          own.map(({ signal }) => signal),
          now,
        );
      for (const { body, delayMs } of held)
        waiting.push({ body, atMs: now + Math.min(LONGEST_DELAY_MS, delayMs) + this.#retryMs });
    }
    return this;
  }

  #accept(signals: readonly AlertSignal[], now: number): void {
    const { change, members, rest } = foldSignals(this.alert, signals, { policy, now, heard: this.#heard });
    for (const member of members) this.#heard.set(subjectKey(member.subject), member);
    if (change) this.alert = change.alert;
    if (change && (change.step !== undefined || this.told.has(change.alert.alertId)))
      this.told.set(change.alert.alertId, change.alert);
    for (const signal of signals.slice(0, signals.length - rest.length)) this.#cover(signal, change !== undefined);
    if (rest.length > 0) this.#accept(rest, now);
  }

  #cover(signal: AlertSignal, isChange: boolean): void {
    const { alert } = this;
    if (alert?.severity !== 'critical' || !this.told.has(alert.alertId)) return;
    const isItsOwn = isChange && alert.alertId === alertIdOf(signal);
    const isInTrouble = signal.severity === 'critical' && signal.kind === 'open';
    if (isItsOwn || (isInTrouble && (isChange || alert.state !== 'closed'))) this.covered.push(signal.revision);
  }
}
