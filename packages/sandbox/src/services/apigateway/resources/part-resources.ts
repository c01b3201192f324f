import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { conflict } from '../http-api/api-errors.ts';
import { type ApiStore, gatewayId, snapshot } from '../http-api/api-store.ts';
import { authorizerSettings } from '../http-api/authorizer-settings.ts';
import type { HttpApi, Route } from '../http-api/http-api.ts';
import { integrationSettings } from '../http-api/integration-settings.ts';
import { defined, refuseOthers, textOf } from '../http-api/property-values.ts';
import { emptyRoute, routeSettings } from '../http-api/route-settings.ts';

/** A part of an API, kept under its id in one of the API's maps. */
function partResource<K extends 'routes' | 'integrations' | 'authorizers'>(
  store: ApiStore,
  { map, attribute, read }: PartKind<K>,
): ResourceProvider {
  const created = (id: string): CreatedResource => ({ ref: id, attributes: { [attribute]: id } });
  const put = (id: string, { properties }: ResourceRequest): CreatedResource => {
    const api = store.get(String(properties.ApiId));
    (api[map] as Map<string, unknown>).set(id, read(id, properties, api));
    return created(id);
  };
  return {
    create: async (request) => put(gatewayId(request, 7), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }, { properties }) {
      store.find(String(properties.ApiId))?.[map].delete(ref);
    },
  };
}

interface PartKind<K extends 'routes' | 'integrations' | 'authorizers'> {
  readonly map: K;
  readonly attribute: string;
  readonly read: (
    id: string,
    properties: Readonly<Record<string, unknown>>,
    api: HttpApi,
  ) => HttpApi[K] extends Map<string, infer V> ? V : never;
}

/** `AWS::ApiGatewayV2::Integration` */
export const integrationResource = (store: ApiStore): ResourceProvider =>
  partResource(store, { map: 'integrations', attribute: 'IntegrationId', read: integrationSettings });

/** `AWS::ApiGatewayV2::Authorizer` */
export const authorizerResource = (store: ApiStore): ResourceProvider =>
  partResource(store, { map: 'authorizers', attribute: 'AuthorizerId', read: authorizerSettings });

/** `AWS::ApiGatewayV2::Route` */
export const routeResource = (store: ApiStore): ResourceProvider =>
  partResource(store, {
    map: 'routes',
    attribute: 'RouteId',
    read(id, properties, api) {
      const route = routeSettings(properties, emptyRoute(id));
      assertSole(api, route);
      return route;
    },
  });

/** Throws ConflictException where another route has the key. */
export function assertSole(api: HttpApi, route: Route): void {
  const twin = [...api.routes.values()].some(
    ({ routeId, routeKey }) => routeKey === route.routeKey && routeId !== route.routeId,
  );
  if (twin) throw conflict(`Route with key ${route.routeKey} already exists for this API`);
}

/** `AWS::ApiGatewayV2::Deployment`: a copy of the API as it was; a `StageName` points that stage at it. */
export function deploymentResource(store: ApiStore): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseOthers('Deployment', properties, ['ApiId', 'StageName', 'Description']);
      const api = store.get(String(properties.ApiId));
      const id = gatewayId(request, 7);
      api.deployments.set(id, snapshot(api, id, store.context.clock.now(), textOf(properties.Description)));
      const stage = api.stages.get(String(properties.StageName));
      if (stage) api.stages.set(stage.stageName, defined({ ...stage, deploymentId: id }));
      return { ref: id, attributes: { DeploymentId: id } };
    },
    async delete({ ref }, { properties }) {
      store.find(String(properties.ApiId))?.deployments.delete(ref);
    },
  };
}
