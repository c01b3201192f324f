import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { type ApiStore, gatewayId } from '../http-api/api-store.ts';
import { corsSettings } from '../http-api/cors-settings.ts';
import type { ApiSettings } from '../http-api/http-api.ts';
import { defined, flag, oneOf, tagsOf, textOf } from '../http-api/property-values.ts';

const TYPE = 'AWS::ApiGatewayV2::Api';
const KNOWN = [
  'Name',
  'Description',
  'Version',
  'ProtocolType',
  'CorsConfiguration',
  'DisableExecuteApiEndpoint',
  'RouteSelectionExpression',
  'Tags',
];

/** `AWS::ApiGatewayV2::Api`: HTTP APIs. WebSocket APIs, OpenAPI bodies and quick create are refused by name. */
export function apiResource(store: ApiStore): ResourceProvider {
  const created = (apiId: string): CreatedResource => ({
    ref: apiId,
    attributes: { ApiId: apiId, ApiEndpoint: store.endpoint(apiId) },
  });
  return {
    async create(request) {
      const apiId = gatewayId(request, 10);
      store.create(apiId, settingsOf(request));
      return created(apiId);
    },
    async update({ ref }, request) {
      store.get(ref).settings = settingsOf(request);
      return created(ref);
    },
    async delete({ ref }) {
      store.delete(ref);
    },
  };
}

function settingsOf({ properties }: ResourceRequest): ApiSettings {
  refuseUnknownProperties(TYPE, properties, KNOWN);
  oneOf('ProtocolType', properties.ProtocolType, ['HTTP']);
  oneOf('RouteSelectionExpression', textOf(properties.RouteSelectionExpression) ?? EXPRESSION, [EXPRESSION]);
  return defined({
    name: String(properties.Name),
    description: textOf(properties.Description),
    version: textOf(properties.Version),
    cors: corsSettings(properties.CorsConfiguration as Readonly<Record<string, unknown>> | undefined),
    disableExecuteApiEndpoint: flag(properties.DisableExecuteApiEndpoint),
    tags: tagsOf(properties.Tags),
  }) as ApiSettings;
}

/** The only one that an HTTP API can have. */
const EXPRESSION = '$request.method $request.path';
