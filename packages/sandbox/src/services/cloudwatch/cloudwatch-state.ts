import type { ServiceContext } from '../../core/service.ts';
import type { AlarmMonitor } from './alarms/alarm-monitor.ts';
import type { CompositeAlarms } from './alarms/composite-alarms.ts';
import type { MetricStore } from './metrics/metric-store.ts';

/** What the operations and resources of CloudWatch work on. */
export interface CloudWatchState {
  readonly context: ServiceContext;
  readonly store: MetricStore;
  readonly monitor: AlarmMonitor;
  readonly composites: CompositeAlarms;
  /** Dashboard bodies by name. */
  readonly dashboards: Map<string, string>;
}
