import type { ApiStore } from '../http-api/api-store.ts';
import type {
  ApiDeployment,
  Authorizer,
  CorsConfiguration,
  HttpApi,
  Integration,
  Route,
  Stage,
} from '../http-api/http-api.ts';

/** How API Gateway's values look on the wire: member names and times as the API reference has them. */

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

export const apiShape = (store: ApiStore, { apiId, createdAt, settings }: HttpApi) => ({
  apiId,
  apiEndpoint: store.endpoint(apiId),
  apiKeySelectionExpression: '$request.header.x-api-key',
  createdDate: iso(createdAt),
  description: settings.description,
  version: settings.version,
  disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
  name: settings.name,
  protocolType: 'HTTP',
  routeSelectionExpression: '$request.method $request.path',
  tags: settings.tags,
  ...(settings.cors ? { corsConfiguration: corsShape(settings.cors) } : {}),
});

const corsShape = ({ maxAgeSeconds, ...cors }: CorsConfiguration) => ({ ...cors, maxAge: maxAgeSeconds });

export const stageShape = ({ accessLog, createdAt, updatedAt, ...stage }: Stage) => ({
  ...stage,
  createdDate: iso(createdAt),
  lastUpdatedDate: iso(updatedAt),
  ...(accessLog ? { accessLogSettings: accessLog } : {}),
});

export const routeShape = (route: Route) => ({ ...route, apiKeyRequired: false });

export const integrationShape = ({ timeoutMs, ...integration }: Integration) => ({
  ...integration,
  connectionType: 'INTERNET',
  timeoutInMillis: timeoutMs,
});

export function authorizerShape(authorizer: Authorizer) {
  const { authorizerId, authorizerType, name, identitySource } = authorizer;
  const shared = { authorizerId, authorizerType, name, identitySource };
  if (authorizer.authorizerType === 'JWT') {
    return { ...shared, jwtConfiguration: { issuer: authorizer.issuer, audience: authorizer.audience } };
  }
  return {
    ...shared,
    authorizerUri: authorizer.authorizerUri,
    authorizerPayloadFormatVersion: authorizer.payloadFormatVersion,
    authorizerResultTtlInSeconds: authorizer.resultTtlSeconds,
    authorizerCredentialsArn: authorizer.credentialsArn,
    enableSimpleResponses: authorizer.enableSimpleResponses,
  };
}

export const deploymentShape = ({ deploymentId, description, createdAt }: ApiDeployment) => ({
  deploymentId,
  description,
  createdDate: iso(createdAt),
  autoDeployed: false,
  deploymentStatus: 'DEPLOYED',
});
