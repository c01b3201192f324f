import type { ServiceContext } from '../../core/service.ts';
import { type AccountPolicy, policySelects } from './account-policies.ts';
import type { SubscriptionDelivery } from './delivery/subscription-delivery.ts';
import { publishEmbeddedMetrics } from './embedded-metrics.ts';
import type { LogGroup, LogStream } from './log-group.ts';
import { batchBytes, type LogStore } from './log-store.ts';
import type { LogInput } from './logs-peer.ts';
import { publishMatches } from './metric-filter.ts';

/** Everything that happens to events on arrival: stored, counted, read for metrics, handed to the subscriptions. */
export class Ingestion {
  /** The account's subscription policy, where there is one. */
  accountPolicy: AccountPolicy | undefined;
  readonly #context: ServiceContext;
  readonly #store: LogStore;
  readonly #delivery: SubscriptionDelivery;

  constructor(context: ServiceContext, store: LogStore, delivery: SubscriptionDelivery) {
    this.#context = context;
    this.#store = store;
    this.#delivery = delivery;
  }

  accept(group: LogGroup, stream: LogStream, inputs: readonly LogInput[], owner: string): void {
    if (inputs.length === 0) return;
    const events = this.#store.append(group, stream, inputs);
    const { metrics } = this.#context.peers;
    const dimensions = { LogGroupName: group.name };
    metrics.put('AWS/Logs', 'IncomingLogEvents', dimensions, events.length, 'None');
    metrics.put('AWS/Logs', 'IncomingBytes', dimensions, batchBytes(events), 'Bytes');
    if (group.logGroupClass !== 'STANDARD') return;
    for (const { message, ingestionTime } of events) publishEmbeddedMetrics(message, ingestionTime, metrics);
    for (const filter of group.metricFilters.values()) publishMatches(filter, events, metrics);
    const policy = this.accountPolicy;
    const subscriptions = [
      ...group.subscriptions.values(),
      ...(policy && policySelects(policy, group) ? [policy.subscription] : []),
    ];
    this.#delivery.collect(group, owner, subscriptions, events);
  }
}
