import { json, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { badRequest } from '../http-api/api-errors.ts';
import type { ApiStore } from '../http-api/api-store.ts';
import type { HttpApi, RouteSettings, Stage } from '../http-api/http-api.ts';
import { stageOf } from '../management/read-operations.ts';
import { patchedStage } from './patch-stage.ts';

const API = '/restapis/{restApiId}';
const STAGE = `${API}/stages/{stageName}`;

/** The management API of REST APIs: GetRestApi(s), GetResources, GetStage(s) and UpdateStage. */
export function restOperations(store: ApiStore): Readonly<Record<string, RestOperation>> {
  const apiOf = ({ path }: RestInput): HttpApi => store.get(path.restApiId!);
  const operation = (method: 'GET' | 'PATCH', route: string, answer: (input: RestInput) => unknown): RestOperation => ({
    method,
    route,
    permissions: ({ path }) => [
      {
        action: `apigateway:${method}`,
        resource: `arn:aws:apigateway:${store.context.region}::${route.replace(/\{(\w+)\}/g, (_, name) => path[name] ?? '')}`,
      },
    ],
    handle: ({ input }) => json(answer(input)),
  });
  return {
    GetRestApis: operation('GET', '/restapis', () => ({ item: store.restApis().map(apiShape) })),
    GetRestApi: operation('GET', API, (input) => apiShape(apiOf(input))),
    GetResources: operation('GET', `${API}/resources`, (input) => ({ item: resourceShapes(apiOf(input)) })),
    GetStages: operation('GET', `${API}/stages`, (input) => ({
      item: [...apiOf(input).stages.values()].map(stageShape),
    })),
    GetStage: operation('GET', STAGE, (input) => stageShape(stageOf(apiOf(input), input.path.stageName!))),
    UpdateStage: operation('PATCH', STAGE, (input) => {
      const api = apiOf(input);
      const stage = stageOf(api, input.path.stageName!);
      const operations = input.body.patchOperations;
      if (!Array.isArray(operations)) throw badRequest('UpdateStage needs patchOperations.');
      const updated = { ...patchedStage(stage, operations), updatedAt: store.context.clock.now() };
      api.stages.set(stage.stageName, updated);
      return stageShape(updated);
    }),
  };
}

const apiShape = ({ apiId, createdAt, settings, rest }: HttpApi) => ({
  id: apiId,
  name: settings.name,
  description: settings.description,
  createdDate: createdAt / 1000,
  apiKeySource: 'HEADER',
  binaryMediaTypes: rest?.binaryMediaTypes ?? [],
  disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
  rootResourceId: rest?.rootResourceId,
  tags: settings.tags,
});

function resourceShapes({ resourcePaths, routes }: HttpApi) {
  return [...resourcePaths].map(([id, path]) => {
    const methods = [...routes.values()].filter(({ rest }) => rest?.resourceId === id);
    return {
      id,
      path,
      ...(path === '/' ? {} : { pathPart: path.split('/').at(-1) }),
      resourceMethods: Object.fromEntries(methods.map(({ routeKey }) => [routeKey.split(' ')[0], {}])),
    };
  });
}

function stageShape(stage: Stage) {
  const byMethod = Object.entries(stage.routeSettings).map(([key, settings]) => {
    const [method, path = ''] = key.split(' ');
    return [`${path.replace(/^\//, '')}/${method}`, settingsShape(settings)] as const;
  });
  const all =
    Object.keys(stage.defaultRouteSettings).length > 0 ? [['*/*', settingsShape(stage.defaultRouteSettings)]] : [];
  return {
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    description: stage.description,
    variables: stage.stageVariables,
    cacheClusterEnabled: stage.rest?.isCacheClusterEnabled ?? false,
    cacheClusterSize: stage.rest?.isCacheClusterEnabled ? stage.rest.cacheClusterSize : undefined,
    cacheClusterStatus: stage.rest?.isCacheClusterEnabled ? 'AVAILABLE' : 'NOT_AVAILABLE',
    methodSettings: Object.fromEntries([...all, ...byMethod]),
    accessLogSettings: stage.accessLog,
    createdDate: stage.createdAt / 1000,
    lastUpdatedDate: stage.updatedAt / 1000,
  };
}

const settingsShape = (settings: RouteSettings) => ({
  metricsEnabled: settings.detailedMetricsEnabled ?? false,
  throttlingBurstLimit: settings.throttlingBurstLimit ?? -1,
  throttlingRateLimit: settings.throttlingRateLimit ?? -1,
  cachingEnabled: settings.cachingEnabled ?? false,
  cacheTtlInSeconds: settings.cacheTtlSeconds ?? 300,
  dataTraceEnabled: false,
});
