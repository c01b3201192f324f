import { json, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { badRequest, notFound } from '../http-api/api-errors.ts';
import type { ApiStore } from '../http-api/api-store.ts';
import type { HttpApi, Stage } from '../http-api/http-api.ts';
import { permissionOn } from './permission.ts';
import { apiShape, authorizerShape, deploymentShape, integrationShape, routeShape, stageShape } from './shapes.ts';

const API = '/v2/apis/{apiId}';

/** GetApi(s), GetStage(s), GetRoute(s), GetIntegration(s), GetAuthorizer(s), GetDeployment(s). */
export function readOperations(store: ApiStore): Readonly<Record<string, RestOperation>> {
  const apiOf = ({ path }: RestInput): HttpApi => store.get(path.apiId!);
  const read = (route: string, answer: (input: RestInput) => unknown): RestOperation => ({
    method: 'GET',
    route,
    permissions: permissionOn(store, 'GET', route),
    handle: ({ input }) => json(answer(input)),
  });
  return {
    GetApis: read('/v2/apis', (input) =>
      page(
        store.all().map((api) => apiShape(store, api)),
        input,
      ),
    ),
    GetApi: read(API, (input) => apiShape(store, apiOf(input))),
    GetStages: read(`${API}/stages`, (input) => page([...apiOf(input).stages.values()].map(stageShape), input)),
    GetStage: read(`${API}/stages/{stageName}`, (input) => stageShape(stageOf(apiOf(input), input.path.stageName!))),
    GetRoutes: read(`${API}/routes`, (input) => page([...apiOf(input).routes.values()].map(routeShape), input)),
    GetRoute: read(`${API}/routes/{routeId}`, (input) =>
      routeShape(partOf(apiOf(input).routes, 'Route', input.path.routeId!)),
    ),
    GetIntegrations: read(`${API}/integrations`, (input) =>
      page([...apiOf(input).integrations.values()].map(integrationShape), input),
    ),
    GetIntegration: read(`${API}/integrations/{integrationId}`, (input) =>
      integrationShape(partOf(apiOf(input).integrations, 'Integration', input.path.integrationId!)),
    ),
    GetAuthorizers: read(`${API}/authorizers`, (input) =>
      page([...apiOf(input).authorizers.values()].map(authorizerShape), input),
    ),
    GetAuthorizer: read(`${API}/authorizers/{authorizerId}`, (input) =>
      authorizerShape(partOf(apiOf(input).authorizers, 'Authorizer', input.path.authorizerId!)),
    ),
    GetDeployments: read(`${API}/deployments`, (input) =>
      page([...apiOf(input).deployments.values()].map(deploymentShape), input),
    ),
    GetDeployment: read(`${API}/deployments/{deploymentId}`, (input) =>
      deploymentShape(partOf(apiOf(input).deployments, 'Deployment', input.path.deploymentId!)),
    ),
  };
}

export const stageOf = (api: HttpApi, name: string): Stage => partOf(api.stages, 'Stage', name);

export function partOf<T>(parts: ReadonlyMap<string, T>, kind: string, id: string): T {
  const part = parts.get(id);
  if (part === undefined) throw notFound(kind, id);
  return part;
}

/** One page of items; 25 where `maxResults` does not say. Throws BadRequestException for a token that cannot be. */
function page(items: readonly unknown[], { query }: RestInput): { items: readonly unknown[]; nextToken?: string } {
  const most = Number(query.get('maxResults') ?? 25);
  const offset = Number(query.get('nextToken') ?? 0);
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(most) || most < 1) {
    throw badRequest('Invalid pagination token or maxResults.');
  }
  const end = offset + most;
  return { items: items.slice(offset, end), ...(end < items.length ? { nextToken: String(end) } : {}) };
}
