import type { Subscription } from './delivery/subscription.ts';
import { EventLog } from './event-log.ts';
import type { MetricFilter } from './metric-filter.ts';

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: EventLog;
  lastIngestionTime?: number;
}

export interface LogGroup {
  readonly name: string;
  /** Without the trailing `:*`. */
  readonly arn: string;
  readonly createdAt: number;
  readonly logGroupClass: LogGroupClass;
  readonly kmsKeyId?: string;
  readonly tags: Map<string, string>;
  readonly streams: Map<string, LogStream>;
  /** Events of all streams. */
  readonly events: EventLog;
  readonly subscriptions: Map<string, Subscription>;
  readonly metricFilters: Map<string, MetricFilter>;
  retentionInDays?: number;
  isDeletionProtected: boolean;
  storedBytes: number;
}

export interface LogGroupSettings {
  readonly logGroupClass?: LogGroupClass;
  readonly kmsKeyId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly retentionInDays?: number;
  readonly isDeletionProtected?: boolean;
}

export function newLogGroup(name: string, arn: string, createdAt: number, settings: LogGroupSettings): LogGroup {
  return {
    name,
    arn,
    createdAt,
    logGroupClass: settings.logGroupClass ?? 'STANDARD',
    ...(settings.kmsKeyId ? { kmsKeyId: settings.kmsKeyId } : {}),
    ...(settings.retentionInDays ? { retentionInDays: settings.retentionInDays } : {}),
    tags: new Map(Object.entries(settings.tags ?? {})),
    streams: new Map(),
    events: new EventLog(),
    subscriptions: new Map(),
    metricFilters: new Map(),
    isDeletionProtected: settings.isDeletionProtected ?? false,
    storedBytes: 0,
  };
}
