import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';

/** The REST API that the framework makes of `http` events. */
const FRAMEWORK_API = 'ApiGatewayRestApi';
/** It turns that API's access log on behind CloudFormation's back; what the template shows of it is its log group. */
const FRAMEWORK_LOG_GROUP = 'ApiGatewayLogGroup';
const WHY = 'requests that never reach a function (denied, throttled, timed out at the gateway) leave nothing behind';

const restRule: CoverageRule = (api, stack) => [
  {
    aspect: 'requests',
    watchedBy: [
      ...alarmsOn(stack, api, { namespace: 'AWS/ApiGateway', dimension: 'ApiName', metrics: ['4XXError', '5XXError'] }),
      ...stageWatches(stagesOf(stack, api, 'AWS::ApiGateway::Stage', 'RestApiId'), 'AccessLogSetting'),
      ...frameworkLog(api, stack),
    ],
    why: WHY,
    mend: `${isOfFramework(api) ? 'provider: { logs: { restApi: true } }' : 'AccessLogSetting on each of its stages'}, or an alarm on its 5XXError`,
  },
];

const isOfFramework = ({ logicalId }: StackResource): boolean => logicalId === FRAMEWORK_API;

function frameworkLog(api: StackResource, stack: StackView): readonly Watch[] {
  const group = isOfFramework(api) ? stack.withId(FRAMEWORK_LOG_GROUP) : undefined;
  return group === undefined ? [] : [{ kind: 'access-log', through: [group.logicalId] }];
}

/** What tells of failed requests, and how the framework turns the access log on, by the protocol of an API. */
const HTTP = { metrics: ['4xx', '5xx'], mend: 'provider: { logs: { httpApi: true } }, or an alarm on its 5xx' };
/** API Gateway Developer Guide, "Monitor WebSocket API execution with CloudWatch metrics". */
const WEBSOCKET = {
  metrics: ['ClientError', 'IntegrationError', 'ExecutionError'],
  mend: 'provider: { logs: { websocket: true } }, or an alarm on its ExecutionError',
};

const protocolOf = ({ Properties }: StackResource) => (Properties?.ProtocolType === 'WEBSOCKET' ? WEBSOCKET : HTTP);

const httpRule: CoverageRule = (api, stack) => [
  {
    aspect: 'requests',
    watchedBy: [
      ...alarmsOn(stack, api, {
        namespace: 'AWS/ApiGateway',
        dimension: 'ApiId',
        metrics: protocolOf(api).metrics,
      }),
      ...stageWatches(stagesOf(stack, api, 'AWS::ApiGatewayV2::Stage', 'ApiId'), 'AccessLogSettings'),
    ],
    why: WHY,
    mend: protocolOf(api).mend,
  },
];

const stagesOf = (stack: StackView, api: StackResource, type: string, property: string): readonly StackResource[] =>
  stack.ofType(type).filter(({ Properties }) => stack.means(Properties?.[property], api));

/** Every stage has to be watched: by its access log, or by traces. */
function stageWatches(stages: readonly StackResource[], accessLog: string): readonly Watch[] {
  const kinds = stages.map(({ Properties }): Watch['kind'] | undefined => {
    if (valueAt(Properties, `${accessLog}.DestinationArn`) !== undefined) return 'access-log';
    return valueAt(Properties, 'TracingEnabled') === true ? 'tracing' : undefined;
  });
  if (kinds.length === 0 || kinds.includes(undefined)) return [];
  return stages.map(({ logicalId }, at): Watch => ({ kind: kinds[at] ?? 'access-log', through: [logicalId] }));
}

export const API_GATEWAY: ServiceRules = {
  service: 'API Gateway',
  rules: { 'AWS::ApiGateway::RestApi': restRule, 'AWS::ApiGatewayV2::Api': httpRule },
};
