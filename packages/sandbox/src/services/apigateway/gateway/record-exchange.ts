import { createHash } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
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

/** Source: API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs". */
function putMetrics(context: ServiceContext, { exchange, answer, latencyMs }: Answered): void {
  const { api, stage, route, method, notes, wire, startedAt } = exchange;
  const metrics: readonly (readonly [string, number, string])[] = [
    ['Count', 1, 'Count'],
    ['4xx', answer.status >= 400 && answer.status < 500 ? 1 : 0, 'Count'],
    ['5xx', answer.status >= 500 ? 1 : 0, 'Count'],
    ['Latency', latencyMs, 'Milliseconds'],
    ['DataProcessed', answer.body.length + wire.body.length, 'Bytes'],
    ...(notes.integrationLatencyMs === undefined
      ? []
      : [['IntegrationLatency', notes.integrationLatencyMs, 'Milliseconds'] as const]),
  ];
  const byStage = { ApiId: api.apiId, Stage: stage.stageName };
  const settings = stage.routeSettings[route?.routeKey ?? ''];
  const isDetailed = settings?.detailedMetricsEnabled ?? stage.defaultRouteSettings.detailedMetricsEnabled ?? false;
  const [, resource = '$default'] = route?.routeKey.split(' ') ?? [];
  const sets = [
    { ApiId: api.apiId },
    byStage,
    ...(isDetailed && route ? [{ ...byStage, Method: method, Resource: resource }] : []),
  ];
  for (const dimensions of sets) {
    for (const [name, value, unit] of metrics) {
      context.peers.metrics.put('AWS/ApiGateway', name, dimensions, value, unit, startedAt);
    }
  }
}
