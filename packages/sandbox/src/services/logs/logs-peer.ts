import type { LogDelivery } from './delivery/log-delivery.ts';

/** One event of a log stream. `id` is assigned on arrival where it is absent. */
export interface LogInput {
  readonly id?: string;
  readonly timestamp: number;
  readonly message: string;
}

export interface LogsPeer {
  /**
   * Writes as a service writes: creates group and stream when missing, and knows no limit of age (a replayed export may be years old).
   * `owner` is the account id in the subscription payload, for logs that came from another account.
   */
  write(logGroup: string, logStream: string, events: readonly LogInput[], owner?: string): Promise<void>;
  /** Creates a group as a service does (with its `CreateLogGroup` event); nothing happens where it exists. */
  ensureLogGroup(logGroup: string): void;
  /** Whether the group exists: a function whose role may not create it writes only where it does. */
  hasLogGroup(logGroup: string): boolean;
  /** How subscriptions deliver: reordered, duplicated, split; and `flush()`. */
  readonly delivery: LogDelivery;
}
