import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { badRequest } from '../http-api/api-errors.ts';
import { type ApiStore, gatewayId } from '../http-api/api-store.ts';
import type { AuthorizationType, HttpApi, Integration } from '../http-api/http-api.ts';
import { defined, flag, numberWithin, oneOf, refuseOthers, textOf, textsOf } from '../http-api/property-values.ts';
import { assertSole } from '../resources/part-resources.ts';
import { mockResponse } from './mock-response.ts';

type Given = Readonly<Record<string, unknown>>;

const API_MEMBERS = [
  'Name',
  'Description',
  'BinaryMediaTypes',
  'DisableExecuteApiEndpoint',
  'EndpointConfiguration',
  'ApiKeySourceType',
  'Tags',
];

/** `AWS::ApiGateway::RestApi`. OpenAPI bodies, resource policies and private endpoints are refused by name. */
export function restApiResource(store: ApiStore): ResourceProvider {
  const settingsOf = ({ properties: { Policy, ...properties } }: ResourceRequest) => {
    // osls writes an empty one where there is none.
    if (Policy !== undefined && Policy !== '')
      throw badRequest('The sandbox does not emulate AWS::ApiGateway::RestApi Policy.');
    refuseUnknownProperties('AWS::ApiGateway::RestApi', properties, API_MEMBERS);
    oneOf('ApiKeySourceType', textOf(properties.ApiKeySourceType) ?? 'HEADER', ['HEADER']);
    const { Types } = (properties.EndpointConfiguration ?? {}) as { readonly Types?: readonly string[] };
    oneOf('EndpointConfiguration', Types?.[0] ?? 'EDGE', ['EDGE', 'REGIONAL']);
    const settings = {
      name: String(properties.Name),
      description: textOf(properties.Description),
      disableExecuteApiEndpoint: flag(properties.DisableExecuteApiEndpoint),
      tags: Object.fromEntries(
        ((properties.Tags ?? []) as { Key: string; Value: string }[]).map((t) => [t.Key, t.Value]),
      ),
    };
    return defined(settings) as HttpApi['settings'];
  };
  const created = ({ apiId, rest }: HttpApi) => ({
    ref: apiId,
    attributes: { RestApiId: apiId, RootResourceId: rest?.rootResourceId ?? '' },
  });
  return {
    async create(request) {
      const api = store.create(gatewayId(request, 10), settingsOf(request));
      const rootResourceId = `${api.apiId.slice(0, 9)}0`;
      api.rest = { rootResourceId, binaryMediaTypes: textsOf(request.properties.BinaryMediaTypes) };
      api.resourcePaths.set(rootResourceId, '/');
      return created(api);
    },
    async update({ ref }, request) {
      const api = store.get(ref);
      api.settings = settingsOf(request);
      api.rest = { ...api.rest!, binaryMediaTypes: textsOf(request.properties.BinaryMediaTypes) };
      return created(api);
    },
    async delete({ ref }) {
      store.delete(ref);
    },
  };
}

/** `AWS::ApiGateway::Resource`: one segment of a path. */
export function restResourceResource(store: ApiStore): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::ApiGateway::Resource', properties, ['RestApiId', 'ParentId', 'PathPart']);
      const { resourcePaths } = store.get(String(properties.RestApiId));
      const parent = resourcePaths.get(String(properties.ParentId));
      if (parent === undefined) throw badRequest(`Invalid Resource identifier specified: ${properties.ParentId}`);
      const id = gatewayId(request, 7);
      resourcePaths.set(id, `${parent.replace(/\/$/, '')}/${properties.PathPart}`);
      return { ref: id, attributes: { ResourceId: id } };
    },
    async delete({ ref }, { properties }) {
      store.find(String(properties.RestApiId))?.resourcePaths.delete(ref);
    },
  };
}

const METHOD_MEMBERS = [
  'RestApiId',
  'ResourceId',
  'HttpMethod',
  'AuthorizationType',
  'AuthorizerId',
  'ApiKeyRequired',
  'RequestParameters',
  'RequestValidatorId',
  'Integration',
  'MethodResponses',
  'OperationName',
];
const INTEGRATION_MEMBERS = [
  'Type',
  'IntegrationHttpMethod',
  'Uri',
  'TimeoutInMillis',
  'Credentials',
  'CacheKeyParameters',
  'CacheNamespace',
  'PassthroughBehavior',
  'ContentHandling',
  'RequestTemplates',
  'IntegrationResponses',
];
/** Raisable on AWS for regional APIs; the default quota here. */
const LONGEST_TIMEOUT_MS = 29_000;
const TYPES: readonly AuthorizationType[] = ['NONE', 'AWS_IAM', 'CUSTOM'];

/** `AWS::ApiGateway::Method`: a route with its integration, which is AWS_PROXY, HTTP_PROXY or a MOCK without templates. */
export function methodResource(store: ApiStore): ResourceProvider {
  const put = (id: string, { properties }: ResourceRequest) => {
    refuseUnknownProperties('AWS::ApiGateway::Method', properties, METHOD_MEMBERS);
    const api = store.get(String(properties.RestApiId));
    const path = api.resourcePaths.get(String(properties.ResourceId));
    if (path === undefined) throw badRequest(`Invalid Resource identifier specified: ${properties.ResourceId}`);
    const given = (properties.Integration ?? {}) as Given;
    refuseOthers('Integration', given, INTEGRATION_MEMBERS);
    const type = oneOf('Integration Type', given.Type, ['AWS_PROXY', 'HTTP_PROXY', 'MOCK']);
    const required = Object.entries((properties.RequestParameters ?? {}) as Given).filter(([, value]) => flag(value));
    const route = defined({
      routeId: id,
      routeKey: `${String(properties.HttpMethod)} ${path}`,
      target: `integrations/${id}`,
      authorizationType: oneOf('AuthorizationType', properties.AuthorizationType ?? 'NONE', TYPES),
      authorizerId: textOf(properties.AuthorizerId),
      authorizationScopes: [],
      operationName: textOf(properties.OperationName),
      rest: defined({
        resourceId: String(properties.ResourceId),
        isApiKeyRequired: flag(properties.ApiKeyRequired),
        requiredParameters: properties.RequestValidatorId === undefined ? [] : required.map(([name]) => name),
        cacheKeyParameters: textsOf(given.CacheKeyParameters),
        mock: type === 'MOCK' ? mockResponse(given) : undefined,
      }),
    }) as never;
    assertSole(api, route);
    api.routes.set(id, route);
    if (type !== 'MOCK') api.integrations.set(id, methodIntegration(id, type, given));
    return { ref: id };
  };
  return {
    create: async (request) => put(gatewayId(request, 7), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }, { properties }) {
      const api = store.find(String(properties.RestApiId));
      api?.routes.delete(ref);
      api?.integrations.delete(ref);
    },
  };
}

function methodIntegration(integrationId: string, integrationType: Integration['integrationType'], given: Given) {
  const timeout = given.TimeoutInMillis ?? LONGEST_TIMEOUT_MS;
  return defined({
    integrationId,
    integrationType,
    integrationUri: String(given.Uri),
    integrationMethod: integrationType === 'AWS_PROXY' ? 'POST' : (textOf(given.IntegrationHttpMethod) ?? 'ANY'),
    payloadFormatVersion: '1.0',
    timeoutMs: numberWithin('timeoutInMillis', timeout, [50, LONGEST_TIMEOUT_MS]),
    credentialsArn: textOf(given.Credentials),
  }) as Integration;
}
