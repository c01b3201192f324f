import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { StoredEvent } from '../event-log.ts';
import { batchBytes } from '../log-store.ts';
import { backOffMs, classifyFailure, DISABLED_FOR_MS, RETRY_FOR_MS } from './retry.ts';
import type { Subscription } from './subscription.ts';

/** A payload on its way. */
export interface Shipment {
  readonly subscription: Subscription;
  readonly logGroup: string;
  readonly logGroupArn: string;
  readonly logStream: string;
  /** Shipments of one lane go one after another. */
  readonly lane: string;
  readonly data: Buffer;
  readonly events: readonly StoredEvent[];
}

/** Sends payloads: in order within a lane, retried while that can help, with the `AWS/Logs` metrics of it. */
export class PayloadSender {
  readonly #context: ServiceContext;
  readonly #lanes = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  send(shipment: Shipment): void {
    const before = this.#lanes.get(shipment.lane) ?? Promise.resolve();
    const sent = before.then(() => this.#deliver(shipment)).catch(this.#context.report);
    this.#lanes.set(shipment.lane, sent);
    void sent.finally(() => {
      if (this.#lanes.get(shipment.lane) === sent) this.#lanes.delete(shipment.lane);
    });
  }

  /** Resolves when everything sent so far was accepted or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #deliver(shipment: Shipment): Promise<void> {
    const { subscription, data, events } = shipment;
    const { clock } = this.#context;
    const startedAt = clock.now();
    for (let attempt = 0; !this.#isStopped; attempt++) {
      if (clock.now() < subscription.disabledUntil) return;
      try {
        // Only the attempt is background work that may be waited for: the back-off waits for the clock.
        await this.#context.track(subscription.destination.send(data, shipment));
        this.#count(shipment, 'ForwardedLogEvents', events.length, 'None');
        this.#count(shipment, 'ForwardedBytes', batchBytes(events), 'Bytes');
        return;
      } catch (error) {
        if (!this.#mayRetry(shipment, error, startedAt)) return;
      }
      await clock.sleep(backOffMs(attempt));
    }
  }

  #mayRetry(shipment: Shipment, error: unknown, startedAt: number): boolean {
    const failure = classifyFailure(error);
    if (!(error instanceof ApiError)) this.#context.report(error);
    const now = this.#context.clock.now();
    this.#count(
      shipment,
      failure === 'throttled' ? 'DeliveryThrottling' : 'DeliveryErrors',
      shipment.events.length,
      'None',
    );
    if (failure === 'permanent') shipment.subscription.disabledUntil = now + DISABLED_FOR_MS;
    return (failure === 'throttled' || failure === 'retryable') && now - startedAt < RETRY_FOR_MS;
  }

  #count(shipment: Shipment, metricName: string, value: number, unit: string): void {
    const { subscription, logGroup } = shipment;
    const dimensions = {
      LogGroupName: logGroup,
      DestinationType: subscription.destination.type,
      FilterName: subscription.name,
      ...(subscription.isAccountPolicy ? { PolicyLevel: 'AccountPolicy' } : {}),
    };
    this.#context.peers.metrics.put('AWS/Logs', metricName, dimensions, value, unit);
  }
}
