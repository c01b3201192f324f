import { json, noContent, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { ApiError } from '../../../core/service.ts';
import type { ApiStore } from '../http-api/api-store.ts';
import type { HttpApi } from '../http-api/http-api.ts';
import { integrationSettings } from '../http-api/integration-settings.ts';
import { routeSettings } from '../http-api/route-settings.ts';
import { stageSettings } from '../http-api/stage-settings.ts';
import { assertSole } from '../resources/part-resources.ts';
import { fromWire } from './from-wire.ts';
import { permissionOn } from './permission.ts';
import { partOf, stageOf } from './read-operations.ts';
import { integrationShape, routeShape, stageShape } from './shapes.ts';

const STAGE = '/v2/apis/{apiId}/stages/{stageName}';
const ROUTE = '/v2/apis/{apiId}/routes/{routeId}';
const INTEGRATION = '/v2/apis/{apiId}/integrations/{integrationId}';
const ROUTE_SETTINGS = `${STAGE}/routesettings/{routeKey}`;

/** Throws NotFoundException: settings are for routes that are there. */
function assertRoute(api: HttpApi, routeKey: string): void {
  if ([...api.routes.values()].some((route) => route.routeKey === routeKey)) return;
  throw new ApiError(
    'NotFoundException',
    `Unable to find Route by key ${routeKey} within the provided RouteSettings`,
    404,
  );
}

/** UpdateStage, UpdateRoute, UpdateIntegration and DeleteRouteSettings. Changes take effect with the next request. */
export function updateOperations(store: ApiStore): Readonly<Record<string, RestOperation>> {
  return {
    UpdateStage: {
      method: 'PATCH',
      route: STAGE,
      permissions: permissionOn(store, 'PATCH', STAGE),
      handle({ input: { path, body } }) {
        const api = store.get(path.apiId!);
        const stage = stageOf(api, path.stageName!);
        const given = fromWire(body);
        const updatedAt = store.context.clock.now();
        const settings = stageSettings(given, stage);
        for (const key of Object.keys(settings.routeSettings)) assertRoute(api, key);
        const routes = { ...stage.routeSettings, ...(given.RouteSettings ? settings.routeSettings : {}) };
        const updated = { ...settings, routeSettings: routes, updatedAt };
        if (updated.deploymentId) partOf(api.deployments, 'Deployment', updated.deploymentId);
        api.stages.set(stage.stageName, updated);
        return json(stageShape(updated));
      },
    },
    UpdateRoute: {
      method: 'PATCH',
      route: ROUTE,
      permissions: permissionOn(store, 'PATCH', ROUTE),
      handle({ input: { path, body } }) {
        const api = store.get(path.apiId!);
        const route = routeSettings(fromWire(body), partOf(api.routes, 'Route', path.routeId!));
        assertSole(api, route);
        api.routes.set(route.routeId, route);
        return json(routeShape(route));
      },
    },
    UpdateIntegration: {
      method: 'PATCH',
      route: INTEGRATION,
      permissions: permissionOn(store, 'PATCH', INTEGRATION),
      handle({ input: { path, body } }) {
        const api = store.get(path.apiId!);
        const { integrationId, timeoutMs, ...before } = partOf(api.integrations, 'Integration', path.integrationId!);
        const given = { ...fromWire(before), TimeoutInMillis: timeoutMs, ...fromWire(body) };
        const integration = integrationSettings(integrationId, given);
        api.integrations.set(integrationId, integration);
        return json(integrationShape(integration));
      },
    },
    DeleteRouteSettings: {
      method: 'DELETE',
      route: ROUTE_SETTINGS,
      permissions: permissionOn(store, 'DELETE', ROUTE_SETTINGS),
      handle({ input: { path } }) {
        const api = store.get(path.apiId!);
        const stage = stageOf(api, path.stageName!);
        const { [path.routeKey!]: _gone, ...routes } = stage.routeSettings;
        api.stages.set(stage.stageName, { ...stage, routeSettings: routes, updatedAt: store.context.clock.now() });
        return noContent();
      },
    },
  };
}
