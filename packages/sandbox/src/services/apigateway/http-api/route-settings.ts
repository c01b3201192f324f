import { badRequest } from './api-errors.ts';
import type { AuthorizationType, Route } from './http-api.ts';
import { defined, flag, oneOf, refuseOthers, textOf, textsOf } from './property-values.ts';

type Given = Readonly<Record<string, unknown>>;

const KNOWN = [
  'ApiId',
  'RouteKey',
  'Target',
  'AuthorizationType',
  'AuthorizerId',
  'AuthorizationScopes',
  'OperationName',
  'ApiKeyRequired',
];
const AUTHORIZATION_TYPES: readonly AuthorizationType[] = ['NONE', 'JWT', 'CUSTOM', 'AWS_IAM'];
const ROUTE_KEY = /^(?:\$default|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S*)$/;

/** What is given, over what a route has. Throws BadRequestException for what is not emulated or cannot be. */
export function routeSettings(given: Given, base: Route): Route {
  refuseOthers('Route', given, KNOWN);
  if (flag(given.ApiKeyRequired)) throw badRequest('API keys are not supported for HTTP APIs.');
  const route = {
    ...base,
    ...defined({
      routeKey: textOf(given.RouteKey),
      target: textOf(given.Target),
      authorizationType:
        given.AuthorizationType && oneOf('AuthorizationType', given.AuthorizationType, AUTHORIZATION_TYPES),
      authorizerId: textOf(given.AuthorizerId),
      authorizationScopes: given.AuthorizationScopes && textsOf(given.AuthorizationScopes),
      operationName: textOf(given.OperationName),
    }),
  } as Route;
  checkRouteKey(route.routeKey);
  const needsAuthorizer = route.authorizationType === 'JWT' || route.authorizationType === 'CUSTOM';
  if (needsAuthorizer && !route.authorizerId)
    throw badRequest('The authorizer id is needed for this authorization type.');
  return route;
}

export const emptyRoute = (routeId: string): Route => ({
  routeId,
  routeKey: '',
  authorizationType: 'NONE',
  authorizationScopes: [],
});

function checkRouteKey(routeKey: string): void {
  if (!ROUTE_KEY.test(routeKey)) throw badRequest(`The provided route key is not formatted properly: '${routeKey}'.`);
  const [, path = '/'] = routeKey.split(' ');
  const greedy = path.search(/\{[^}]*\+\}/);
  if (greedy >= 0 && !/\{[^}]*\+\}$/.test(path)) {
    throw badRequest(`A greedy path variable has to be the last segment of a route: '${routeKey}'.`);
  }
}
