import { badRequest } from '../http-api/api-errors.ts';
import type { RouteSettings, Stage } from '../http-api/http-api.ts';
import { flag, numberWithin } from '../http-api/property-values.ts';

interface PatchOperation {
  readonly op?: string;
  readonly path?: string;
  readonly value?: string;
}

const MOST = 2_147_483_647;
/** Of a method: it shares the account's limit. */
const NO_LIMIT = -1;

const METHOD_SETTINGS: Readonly<Record<string, (value: string) => RouteSettings>> = {
  'throttling/rateLimit': (value) => ({ throttlingRateLimit: numberWithin('rateLimit', value, [NO_LIMIT, MOST]) }),
  'throttling/burstLimit': (value) => ({ throttlingBurstLimit: numberWithin('burstLimit', value, [NO_LIMIT, MOST]) }),
  'caching/enabled': (value) => ({ cachingEnabled: flag(value) }),
  'caching/ttlInSeconds': (value) => ({ cacheTtlSeconds: numberWithin('ttlInSeconds', value, [0, 3_600]) }),
  'metrics/enabled': (value) => ({ detailedMetricsEnabled: flag(value) }),
};

/**
 * A stage after UpdateStage's patch operations: `replace` of what is listed above for every method (a star for path and method) or for one
 * (`/~1pets~1{id}/GET/throttling/rateLimit`), of `/cacheClusterEnabled`, `/cacheClusterSize`, `/deploymentId`, `/description` and of variables.
 * Throws BadRequestException for any other. Source: API Gateway API Reference, "Patch operations", UpdateStage.
 */
export function patchedStage(stage: Stage, operations: readonly PatchOperation[]): Stage {
  return operations.reduce(patched, stage);
}

function patched(stage: Stage, { op, path = '', value = '' }: PatchOperation): Stage {
  if (op !== 'replace') throw badRequest(`The sandbox does not emulate the patch operation ${op} of a stage.`);
  const cache = stage.rest ?? { isCacheClusterEnabled: false, cacheClusterSize: '0.5' };
  if (path === '/cacheClusterEnabled') return { ...stage, rest: { ...cache, isCacheClusterEnabled: flag(value) } };
  if (path === '/cacheClusterSize') return { ...stage, rest: { ...cache, cacheClusterSize: value } };
  if (path === '/deploymentId') return { ...stage, deploymentId: value };
  if (path === '/description') return { ...stage, description: value };
  if (path.startsWith('/variables/')) {
    return { ...stage, stageVariables: { ...stage.stageVariables, [path.slice('/variables/'.length)]: value } };
  }
  return withMethodSetting(stage, path, value);
}

function withMethodSetting(stage: Stage, path: string, value: string): Stage {
  const [, resource = '', method = '', ...setting] = path.split('/');
  const name = setting.join('/');
  const read = Object.hasOwn(METHOD_SETTINGS, name) ? METHOD_SETTINGS[name] : undefined;
  if (!read) throw badRequest(`Invalid patch path '${path}': the sandbox does not emulate it.`);
  if (resource === '*' && method === '*') {
    return { ...stage, defaultRouteSettings: { ...stage.defaultRouteSettings, ...read(value) } };
  }
  const key = `${method} ${resource.replaceAll('~1', '/')}`;
  const known = stage.routeSettings[key];
  return { ...stage, routeSettings: { ...stage.routeSettings, [key]: { ...known, ...read(value) } } };
}
