import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { AlarmMonitor } from './alarms/alarm-monitor.ts';
import { CompositeAlarms } from './alarms/composite-alarms.ts';
import type { CloudWatchState } from './cloudwatch-state.ts';
import { MetricStore } from './metrics/metric-store.ts';
import type { MetricsPeer } from './metrics-peer.ts';
import { alarmOperations } from './operations/alarm-operations.ts';
import { dashboardOperations } from './operations/dashboard-operations.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { withQueryProtocol } from './protocols/both-protocols.ts';
import { alarmResource } from './resources/alarm-resource.ts';
import { compositeAlarmResource } from './resources/composite-alarm-resource.ts';
import { dashboardResource } from './resources/dashboard-resource.ts';

/** CloudWatch metrics, and alarms that are evaluated on the sandbox's clock. */
export function createCloudWatch(context: ServiceContext): Emulated<MetricsPeer> {
  const store = new MetricStore();
  const monitor = new AlarmMonitor(context, store);
  const state: CloudWatchState = {
    context,
    store,
    monitor,
    composites: new CompositeAlarms(context, monitor),
    dashboards: new Map(),
  };
  const operations = {
    PutMetricData: putMetricData(state),
    GetMetricData: getMetricData(state),
    GetMetricStatistics: getMetricStatistics(state),
    ListMetrics: listMetrics(state),
    ...alarmOperations(state),
    ...dashboardOperations(state),
  };
  const service = jsonService({
    signingName: 'monitoring',
    iamPrefix: 'cloudwatch',
    targetPrefix: 'GraniteServiceVersion20100801',
    version: '1.0',
    operations,
    resources: {
      'AWS::CloudWatch::Alarm': alarmResource(state),
      'AWS::CloudWatch::CompositeAlarm': compositeAlarmResource(state),
      'AWS::CloudWatch::Dashboard': dashboardResource(state),
    },
    stop: async () => monitor.stop(),
  });
  return {
    service: withQueryProtocol(service, operations),
    peer: {
      put(namespace, metricName, dimensions, value, unit, timestamp = context.clock.now()) {
        store.put(
          { namespace, metricName, dimensions },
          { unit, timestamp, storageResolutionSeconds: 60, add: (distribution) => distribution.add(value) },
        );
      },
    },
  };
}
