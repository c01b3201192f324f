import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { badRequest } from '../http-api/api-errors.ts';
import { type ApiStore, gatewayId, snapshot } from '../http-api/api-store.ts';
import type { RequestAuthorizer, RouteSettings, Stage } from '../http-api/http-api.ts';
import { defined, flag, numberWithin, oneOf, refuseOthers, tagsOf, textOf } from '../http-api/property-values.ts';
import { emptyStage } from '../http-api/stage-settings.ts';

type Given = Readonly<Record<string, unknown>>;

/** `AWS::ApiGateway::Deployment`: a copy of the API, and the stage that it names. */
export function restDeploymentResource(store: ApiStore): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::ApiGateway::Deployment', properties, ['RestApiId', 'StageName', 'Description']);
      const api = store.get(String(properties.RestApiId));
      const id = gatewayId(request, 7);
      const now = store.context.clock.now();
      api.deployments.set(id, snapshot(api, id, now, textOf(properties.Description)));
      if (properties.StageName !== undefined) {
        const name = String(properties.StageName);
        const stage = api.stages.get(name) ?? { ...emptyStage(name, now), rest: NO_CACHE };
        api.stages.set(name, { ...stage, deploymentId: id, updatedAt: now });
      }
      return { ref: id, attributes: { DeploymentId: id } };
    },
    async delete({ ref }, { properties }) {
      const api = store.find(String(properties.RestApiId));
      api?.deployments.delete(ref);
      const stage = api?.stages.get(String(properties.StageName));
      if (stage?.deploymentId === ref) api?.stages.delete(stage.stageName);
    },
  };
}

const NO_CACHE = { isCacheClusterEnabled: false, cacheClusterSize: '0.5' };
const STAGE_MEMBERS = [
  'RestApiId',
  'StageName',
  'DeploymentId',
  'Description',
  'Variables',
  'MethodSettings',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'AccessLogSetting',
  'Tags',
];
const SETTING_MEMBERS = [
  'HttpMethod',
  'ResourcePath',
  'MetricsEnabled',
  'ThrottlingBurstLimit',
  'ThrottlingRateLimit',
  'CachingEnabled',
  'CacheTtlInSeconds',
];

/** `AWS::ApiGateway::Stage` */
export function restStageResource(store: ApiStore): ResourceProvider {
  const put = ({ properties }: ResourceRequest) => {
    refuseUnknownProperties('AWS::ApiGateway::Stage', properties, STAGE_MEMBERS);
    const api = store.get(String(properties.RestApiId));
    const name = String(properties.StageName);
    const now = store.context.clock.now();
    const settings = ((properties.MethodSettings ?? []) as readonly Given[]).map(methodSetting);
    const log = properties.AccessLogSetting as { DestinationArn?: string; Format?: string } | undefined;
    const stage = defined({
      ...emptyStage(name, api.stages.get(name)?.createdAt ?? now),
      updatedAt: now,
      deploymentId: textOf(properties.DeploymentId),
      description: textOf(properties.Description),
      stageVariables: tagsOf(properties.Variables),
      defaultRouteSettings: settings.find(([key]) => key === '* /*')?.[1] ?? {},
      routeSettings: Object.fromEntries(settings.filter(([key]) => key !== '* /*')),
      accessLog: log && { destinationArn: String(log.DestinationArn).replace(/:\*$/, ''), format: String(log.Format) },
      rest: {
        isCacheClusterEnabled: flag(properties.CacheClusterEnabled),
        cacheClusterSize: textOf(properties.CacheClusterSize) ?? '0.5',
      },
    });
    api.stages.set(name, stage as Stage);
    return { ref: name };
  };
  return {
    create: async (request) => put(request),
    update: async (_created, request) => put(request),
    async delete({ ref }, { properties }) {
      store.find(String(properties.RestApiId))?.stages.delete(ref);
    },
  };
}

/** By `GET /pets/{id}`; `* /*` stands for every method. */
function methodSetting(given: Given): readonly [string, RouteSettings] {
  refuseOthers('MethodSettings', given, SETTING_MEMBERS);
  const path = String(given.ResourcePath ?? '/*');
  const key = `${String(given.HttpMethod ?? '*')} ${path.includes('~1') ? path.slice(1).replaceAll('~1', '/') : path}`;
  if ((given.HttpMethod === '*') !== (path === '/*')) {
    throw badRequest(`The sandbox has method settings for all methods or for one, not for ${key}.`);
  }
  const within = (name: string) =>
    given[name] === undefined ? undefined : numberWithin(name, given[name], [0, 2_147_483_647]);
  return [
    key,
    defined({
      detailedMetricsEnabled: given.MetricsEnabled === undefined ? undefined : flag(given.MetricsEnabled),
      throttlingBurstLimit: within('ThrottlingBurstLimit'),
      throttlingRateLimit: within('ThrottlingRateLimit'),
      cachingEnabled: given.CachingEnabled === undefined ? undefined : flag(given.CachingEnabled),
      cacheTtlSeconds: within('CacheTtlInSeconds'),
    }),
  ];
}

const AUTHORIZER_MEMBERS = [
  'RestApiId',
  'Name',
  'Type',
  'AuthorizerUri',
  'AuthorizerCredentials',
  'AuthorizerResultTtlInSeconds',
  'IdentitySource',
];

/** `AWS::ApiGateway::Authorizer`: TOKEN and REQUEST. */
export function restAuthorizerResource(store: ApiStore): ResourceProvider {
  const put = (id: string, { properties }: ResourceRequest) => {
    refuseUnknownProperties('AWS::ApiGateway::Authorizer', properties, AUTHORIZER_MEMBERS);
    const type = oneOf('Authorizer Type', properties.Type, ['TOKEN', 'REQUEST']);
    const absent = type === 'TOKEN' ? 'method.request.header.Authorization' : '';
    const sources = (textOf(properties.IdentitySource) ?? absent).split(',').filter((source) => source.trim() !== '');
    const authorizer = defined({
      authorizerId: id,
      authorizerType: 'REQUEST',
      name: String(properties.Name),
      authorizerUri: String(properties.AuthorizerUri),
      identitySource: sources.map((source) => `$${source.trim().replace(/^method\./, '')}`),
      payloadFormatVersion: '1.0',
      enableSimpleResponses: false,
      isToken: type === 'TOKEN',
      resultTtlSeconds: numberWithin('ttl', properties.AuthorizerResultTtlInSeconds ?? 300, [0, 3_600]),
      credentialsArn: textOf(properties.AuthorizerCredentials),
    });
    store.get(String(properties.RestApiId)).authorizers.set(id, authorizer as unknown as RequestAuthorizer);
    return { ref: id, attributes: { AuthorizerId: id } };
  };
  return {
    create: async (request) => put(gatewayId(request, 7), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }, { properties }) {
      store.find(String(properties.RestApiId))?.authorizers.delete(ref);
    },
  };
}

/** `AWS::ApiGateway::RequestValidator`: required parameters are checked; bodies have no models here. */
export function validatorResource(): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::ApiGateway::RequestValidator', request.properties, [
        'RestApiId',
        'Name',
        'ValidateRequestParameters',
        'ValidateRequestBody',
      ]);
      return { ref: gatewayId(request, 7) };
    },
  };
}
