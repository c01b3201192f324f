import type { Limit } from '../breach/limit.ts';

/** What functions write to, read from and are called through, as its owner has set it. */
export type Capacity =
  | { readonly kind: 'stream'; readonly name: string; readonly isOnDemand: boolean; readonly shards: number }
  | {
      readonly kind: 'table';
      readonly name: string;
      /** Units a second: provisioned, or the most that an on-demand table is allowed. */
      readonly writeUnits: number;
      readonly readUnits: number;
      readonly isOnDemand: boolean;
    }
  | {
      readonly kind: 'cluster';
      readonly name: string;
      /** Its connections are known of PostgreSQL alone. */
      readonly isPostgres: boolean;
      /** Aurora capacity units. */
      readonly minAcu: number;
      readonly maxAcu: number;
    }
  | {
      readonly kind: 'api';
      readonly name: string;
      readonly apiId: string;
      readonly stage: string;
      /** Requests a second; absent where the stage has no throttle of its own. */
      readonly rateLimit?: number;
    }
  | {
      /** All HTTP APIs of an account, which share its requests a second. */
      readonly kind: 'apis';
      readonly apiIds: readonly string[];
    };

/** Where a gauge's figures are in CloudWatch: the highest or the sum of each minute. */
export interface MetricSource {
  readonly namespace: string;
  readonly metricName: string;
  /** Of each metric; what several show is summed. */
  readonly dimensions: readonly Readonly<Record<string, string>>[];
  readonly statistic: 'Maximum' | 'Sum';
  /** Sums are shown as units a second: the mean of their minute. */
  readonly isRate: boolean;
}

/** One figure of a capacity that can reach a limit. */
export interface Gauge {
  /** As forecasts name it: `incoming-bytes`. */
  readonly metric: string;
  readonly unit: string;
  readonly limit: Limit;
  readonly source: MetricSource;
}
