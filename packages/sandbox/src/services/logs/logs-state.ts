import type { ServiceContext } from '../../core/service.ts';
import type { Ingestion } from './ingestion.ts';
import type { LogResources } from './log-resources.ts';
import type { LogStore } from './log-store.ts';

/** What the operations and resources of CloudWatch Logs work on. */
export interface LogsState {
  readonly context: ServiceContext;
  readonly store: LogStore;
  readonly ingestion: Ingestion;
  readonly resources: LogResources;
  /** The API says 2, the user guide 5 (since 2026): https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions.html */
  readonly maxSubscriptionsPerGroup: number;
}
