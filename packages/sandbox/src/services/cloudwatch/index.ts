import { gunzipSync } from 'node:zlib';
import { jsonService } from '../../core/json-protocol.ts';
import type { MetricsPeer } from '../../core/peers.ts';
import type { ApiError, AwsService, Emulated, ServiceContext, WireRequest } from '../../core/service.ts';
import { AlarmMonitor } from './alarms/alarm-monitor.ts';
import type { CloudWatchState } from './cloudwatch-state.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { alarmOperations } from './operations/alarm-operations.ts';
import { dashboardOperations } from './operations/dashboard-operations.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { alarmResource } from './resources/alarm-resource.ts';
import { dashboardResource } from './resources/dashboard-resource.ts';

/** CloudWatch metrics, and alarms that are evaluated on the sandbox's clock. */
export function createCloudWatch(context: ServiceContext): Emulated<MetricsPeer> {
  const store = new MetricStore();
  const monitor = new AlarmMonitor(context, store);
  const state: CloudWatchState = { context, store, monitor, dashboards: new Map() };
  const service = jsonService({
    signingName: 'monitoring',
    iamPrefix: 'cloudwatch',
    targetPrefix: 'GraniteServiceVersion20100801',
    version: '1.0',
    operations: {
      PutMetricData: putMetricData(state),
      GetMetricData: getMetricData(state),
      GetMetricStatistics: getMetricStatistics(state),
      ListMetrics: listMetrics(state),
      ...alarmOperations(state),
      ...dashboardOperations(state),
    },
    resources: {
      'AWS::CloudWatch::Alarm': alarmResource(state),
      'AWS::CloudWatch::Dashboard': dashboardResource(state),
    },
    stop: async () => monitor.stop(),
  });
  return {
    service: asGranite(service),
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

/** What CloudWatch's JSON protocol has beyond others: gzip bodies of PutMetricData, and the query protocol's error code in a header. */
function asGranite(service: AwsService): AwsService {
  return {
    ...service,
    describe: (request: WireRequest) => service.describe(unzipped(request)),
    renderError(error: ApiError) {
      const response = service.renderError(error);
      const queryCode = `${error.code.replace(/Exception$/, '')};${error.status < 500 ? 'Sender' : 'Receiver'}`;
      return { ...response, headers: { ...response.headers, 'x-amzn-query-error': queryCode } };
    },
  };
}

function unzipped(request: WireRequest): WireRequest {
  return request.headers['content-encoding'] === 'gzip' ? { ...request, body: gunzipSync(request.body) } : request;
}
