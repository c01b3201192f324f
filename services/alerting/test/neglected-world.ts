import type { AlertSignal } from '../src/domain/alert-signal.ts';
import type { Delivery } from '../src/domain/delivery.ts';
import { acceptSignals } from '../src/functions/accept-event/accept-event.ts';
import { queryAlerts } from '../src/functions/query-alerts/query-alerts.ts';
import { sweepOutbox } from '../src/functions/sweep-outbox/sweep-outbox.ts';
import type { DeliveryOrder } from '../src/ports.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { signal } from './signals.ts';
import { testPolicy } from './test-policy.ts';

const START = Date.UTC(2026, 0, 15, 12);

/** An outbox whose relay, queue and escalations do nothing unless the sweep has them. */
export class NeglectedWorld {
  readonly outbox = new MemoryOutbox();
  readonly ordered: string[] = [];
  readonly reported: string[] = [];
  readonly started: string[] = [];
  readonly failed: string[] = [];
  readonly policy = async () => testPolicy('http://127.0.0.1:1');
  time = START;
  readonly now = () => this.time;

  accept = (id: string, change: Partial<AlertSignal> = {}) => acceptSignals([signal(id, change)], this);

  async sweep(order = async (_: readonly DeliveryOrder[]) => {}): Promise<void> {
    await sweepOutbox({
      ...this,
      policy: this.policy,
      order: async (orders) => {
        await order(orders);
        this.ordered.push(...orders.map(({ channel }) => channel));
      },
      startEscalation: async (alertId, run) => {
        this.started.push(`${alertId}-${run}`);
      },
      reportUnheard: async (orders) => {
        this.reported.push(...orders.map(({ channel }) => channel));
      },
      failed: ({ alert }) => this.failed.push(alert.value?.subject.id ?? '?'),
    });
  }

  /** What comes of every delivery that waits. */
  async end(change: Partial<Delivery>): Promise<void> {
    for (const own of this.outbox.rows.values())
      for (const { value, version } of own.values())
        if (value.state === 'pending')
          await this.outbox.commit({ deliveries: [{ value: { ...value, ...change, updatedAt: this.time }, version }] });
  }

  async missed(): Promise<string[]> {
    const answer = await queryAlerts({ kind: 'missed' }, this);
    return answer.kind === 'alerts' ? answer.alerts.map(({ subject }) => subject.id) : [answer.kind];
  }
}
