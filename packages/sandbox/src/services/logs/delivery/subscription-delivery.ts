import { seededRandom } from '../../../core/faults/seeded-random.ts';
import type { ServiceContext } from '../../../core/service.ts';
import type { ClockTimer } from '../../../core/time/clock.ts';
import { nextTurn } from '../../../core/time/steered-clock.ts';
import type { StoredEvent } from '../event-log.ts';
import type { LogGroup } from '../log-group.ts';
import { cutBatches } from './batch-cut.ts';
import { DEFAULT_DELIVERY_SHAPE, type DeliveryShape, type LogDelivery } from './log-delivery.ts';
import { fitPayloads } from './payload.ts';
import { PayloadSender, type Shipment } from './payload-sender.ts';
import { shuffled } from './shuffled.ts';
import type { Subscription } from './subscription.ts';

interface Collected {
  readonly group: LogGroup;
  readonly logStream: string;
  readonly owner: string;
  readonly subscriptions: readonly Subscription[];
  readonly events: StoredEvent[];
}

/** Collects what was ingested, cuts it into payloads and sends them to the subscriptions of their log group. */
export class SubscriptionDelivery implements LogDelivery {
  readonly #context: ServiceContext;
  readonly #sender: PayloadSender;
  #shape = DEFAULT_DELIVERY_SHAPE;
  #random = seededRandom(DEFAULT_DELIVERY_SHAPE.seed);
  #collected = new Map<string, Collected>();
  #timer: ClockTimer | undefined;
  #isScheduled = false;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#sender = new PayloadSender(context);
  }

  get shape(): DeliveryShape {
    return this.#shape;
  }

  reshape(change: Partial<DeliveryShape>): void {
    this.#shape = { ...this.#shape, ...change };
    if (change.seed !== undefined) this.#random = seededRandom(change.seed);
  }

  /** Takes events for the subscriptions that hold now. Those of a disabled subscription are skipped, never sent later. */
  collect(
    group: LogGroup,
    owner: string,
    subscriptions: readonly Subscription[],
    events: readonly StoredEvent[],
  ): void {
    const now = this.#context.clock.now();
    const active = subscriptions.filter(({ disabledUntil }) => disabledUntil <= now);
    const logStream = events[0]?.logStream;
    if (active.length === 0 || logStream === undefined) return;
    const key = [group.name, logStream, owner, ...active.map(({ name }) => name)].join('\0');
    const known = this.#collected.get(key);
    if (known) known.events.push(...events);
    else this.#collected.set(key, { group, logStream, owner, subscriptions: active, events: [...events] });
    this.#scheduleFlush();
  }

  async flush(): Promise<void> {
    this.#sendCollected();
    await this.#sender.settled();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#sender.stop();
  }

  #scheduleFlush(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { clock, track } = this.#context;
    if (this.#shape.flushIntervalMs > 0) {
      this.#timer = clock.schedule(this.#shape.flushIntervalMs, () => this.#sendCollected());
    } else void track(nextTurn().then(() => this.#sendCollected()));
  }

  #sendCollected(): void {
    this.#timer?.cancel();
    this.#isScheduled = false;
    const collected = [...this.#collected.values()];
    this.#collected = new Map();
    const shipments = collected.flatMap((batch) => this.#shipments(batch));
    const ordered = this.#shape.shuffle ? shuffled(shipments, this.#random) : shipments;
    for (const shipment of ordered) this.#sender.send(shipment);
  }

  #shipments({ group, logStream, owner, subscriptions, events }: Collected): readonly Shipment[] {
    return subscriptions.flatMap((subscription) => {
      const matching = events.filter(({ message }) => subscription.pattern.matches(message));
      const { name: filterName, isAccountPolicy, destination } = subscription;
      const common = { owner, logGroup: group.name, logStream, filterName, isAccountPolicy };
      return cutBatches(matching, this.#shape, this.#random)
        .flatMap((batch) => fitPayloads({ ...common, events: batch }, destination.maxPayloadBytes))
        .map(({ data, events: sent }) => ({
          subscription,
          logGroup: group.name,
          logGroupArn: group.arn,
          logStream,
          // One lane keeps a stream's order; a shuffled flush has one lane per filter, so that its order is the shuffled one.
          lane: this.#shape.shuffle ? filterName : `${group.name}\0${logStream}\0${filterName}`,
          data,
          events: sent,
        }))
        .flatMap((shipment) => (this.#random() < this.#shape.duplicateProbability ? [shipment, shipment] : [shipment]));
    });
  }
}
