import { createHash } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { settingsFor } from '../http-api/stage-settings.ts';
import { accessLogValue } from './access-log-values.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayAnswer } from './gateway-answer.ts';

/** An answered request, with how long it took in real milliseconds. */
export interface Answered {
  readonly exchange: Exchange;
  readonly answer: GatewayAnswer;
  readonly latencyMs: number;
}

/** Writes the request's line in the stage's access log, and its metrics in `AWS/ApiGateway`. */
export function recordExchange(context: ServiceContext, answered: Answered): void {
  putMetrics(context, answered);
  const { accessLog, stageName } = answered.exchange.stage;
  if (!accessLog) return;
  const group = accessLog.destinationArn.split(':log-group:')[1] ?? '';
  const stream = createHash('md5').update(`${answered.exchange.api.apiId}/${stageName}`).digest('hex');
  const message = accessLogLine(accessLog.format, answered);
  const timestamp = answered.exchange.startedAt;
  void context.track(context.peers.logs.write(group, stream, [{ timestamp, message }])).catch(context.report);
}

/** The format with each `$context` variable replaced; `-` stands for what a request does not have. */
export function accessLogLine(format: string, { exchange, answer, latencyMs }: Answered): string {
  const own: Readonly<Record<string, string>> = {
    status: String(answer.status),
    responseLength: String(answer.body.length),
    responseLatency: String(latencyMs),
    dataProcessed: String(answer.body.length + exchange.wire.body.length),
  };
  return format.replace(
    /\$context\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)/g,
    (_, name: string) => own[name] ?? accessLogValue(name, exchange) ?? '-',
  );
}

type Metric = readonly [name: string, value: number, unit: string];

/** Sources: API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs"; "Amazon API Gateway dimensions and metrics" for REST APIs. */
function metricsOf({ exchange, answer, latencyMs }: Answered): readonly Metric[] {
  const { api, notes, wire } = exchange;
  const [clientErrors, serverErrors] = api.rest ? ['4XXError', '5XXError'] : ['4xx', '5xx'];
  const metrics: Metric[] = [
    ['Count', 1, 'Count'],
    [clientErrors!, answer.status >= 400 && answer.status < 500 ? 1 : 0, 'Count'],
    [serverErrors!, answer.status >= 500 ? 1 : 0, 'Count'],
    ['Latency', latencyMs, 'Milliseconds'],
  ];
  const { integrationLatencyMs, isCacheHit } = notes;
  if (!api.rest) metrics.push(['DataProcessed', answer.body.length + wire.body.length, 'Bytes']);
  if (integrationLatencyMs !== undefined) metrics.push(['IntegrationLatency', integrationLatencyMs, 'Milliseconds']);
  if (isCacheHit !== undefined) metrics.push([isCacheHit ? 'CacheHitCount' : 'CacheMissCount', 1, 'Count']);
  return metrics;
}

/** The API, its stage, and (where metrics are detailed) the route. */
function dimensionsOf({ api, stage, route, method }: Exchange): readonly Readonly<Record<string, string>>[] {
  const byApi: Record<string, string> = api.rest ? { ApiName: api.settings.name } : { ApiId: api.apiId };
  const byStage = { ...byApi, Stage: stage.stageName };
  if (!route || !settingsFor(stage, route).detailedMetricsEnabled) return [byApi, byStage];
  const [, resource = '$default'] = route.routeKey.split(' ');
  return [byApi, byStage, { ...byStage, Method: method, Resource: resource }];
}

function putMetrics(context: ServiceContext, answered: Answered): void {
  const metrics = metricsOf(answered);
  for (const dimensions of dimensionsOf(answered.exchange)) {
    for (const [name, value, unit] of metrics) {
      context.peers.metrics.put('AWS/ApiGateway', name, dimensions, value, unit, answered.exchange.startedAt);
    }
  }
}
