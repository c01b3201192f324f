import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { emitCreateLogGroup } from './create-log-group-event.ts';
import { SubscriptionDelivery } from './delivery/subscription-delivery.ts';
import { Ingestion } from './ingestion.ts';
import type { LogGroup } from './log-group.ts';
import { LogResources } from './log-resources.ts';
import { LogStore } from './log-store.ts';
import type { LogInput, LogsPeer } from './logs-peer.ts';
import type { LogsState } from './logs-state.ts';
import { accountPolicyOperations } from './operations/account-policy-operations.ts';
import { filterLogEvents } from './operations/filter-log-events.ts';
import { getLogEvents } from './operations/get-log-events.ts';
import { groupOperations } from './operations/group-operations.ts';
import { metricFilterOperations } from './operations/metric-filter-operations.ts';
import { putLogEvents } from './operations/put-log-events.ts';
import { retentionOperations } from './operations/retention-operations.ts';
import { streamOperations } from './operations/stream-operations.ts';
import { subscriptionOperations } from './operations/subscription-operations.ts';
import { tagOperations } from './operations/tag-operations.ts';
import { logResourceProviders } from './resources/log-resource-providers.ts';

export type { DeliveryShape, LogDelivery } from './delivery/log-delivery.ts';

export interface LogsOptions {
  /** 2 as the API says, or 5 as the user guide does. */
  readonly maxSubscriptionsPerGroup?: 2 | 5;
}

/** CloudWatch Logs: groups, streams, events, filters, and subscriptions that deliver as AWS delivers. */
export function createLogs(context: ServiceContext, options: LogsOptions = {}): Emulated<LogsPeer> {
  const store = new LogStore(context);
  const delivery = new SubscriptionDelivery(context);
  const ingestion = new Ingestion(context, store, delivery);
  const resources = new LogResources(context);
  const state = {
    context,
    store,
    ingestion,
    resources,
    maxSubscriptionsPerGroup: options.maxSubscriptionsPerGroup ?? 2,
  };
  const ensure = (name: string): LogGroup => store.groups.get(name) ?? createAsService(state, name);
  return {
    service: jsonService({
      signingName: 'logs',
      targetPrefix: 'Logs_20140328',
      version: '1.1',
      operations: {
        ...groupOperations(state),
        ...retentionOperations(state),
        ...streamOperations(state),
        ...tagOperations(state),
        PutLogEvents: putLogEvents(state),
        GetLogEvents: getLogEvents(state),
        FilterLogEvents: filterLogEvents(state),
        ...subscriptionOperations(state),
        ...accountPolicyOperations(state),
        ...metricFilterOperations(state),
      },
      resources: logResourceProviders(state),
      stop: async () => delivery.stop(),
    }),
    peer: {
      delivery,
      async write(logGroup: string, logStream: string, events: readonly LogInput[], owner = context.accountId) {
        const group = ensure(logGroup);
        ingestion.accept(group, group.streams.get(logStream) ?? store.createStream(group, logStream), events, owner);
      },
      ensureLogGroup: (logGroup: string) => void ensure(logGroup),
      hasLogGroup: (logGroup: string) => store.groups.has(logGroup),
    },
  };
}

function createAsService({ context, store }: LogsState, name: string): LogGroup {
  const group = store.createGroup(name);
  emitCreateLogGroup(context, { logGroupName: name }, { invokedBy: 'lambda.amazonaws.com' });
  return group;
}
