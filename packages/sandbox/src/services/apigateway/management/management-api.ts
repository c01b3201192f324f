import type { RestCall, RestOperation } from '../../../core/protocols/rest-operation.ts';
import { route } from '../../../core/protocols/rest-route.ts';
import type { ApiError, AwsService, WireRequest, WireResponse } from '../../../core/service.ts';
import { badRequest } from '../http-api/api-errors.ts';

type Operations = Readonly<Record<string, RestOperation>>;

/** API Gateway's own two APIs, for HTTP APIs (`/v2/…`) and for REST APIs: REST-JSON, operations known by method and path. */
export function managementApi({
  v1,
  v2,
}: {
  readonly v1: Operations;
  readonly v2: Operations;
}): Pick<AwsService, 'describe' | 'handle' | 'renderError'> {
  const operationsFor = ({ url }: WireRequest) => (url.startsWith('/v2/') ? v2 : v1);
  return {
    describe(request): RestCall {
      const operations = operationsFor(request);
      const { name, operation, input } = route(operations, request, { service: 'apigateway', badBody: badRequest });
      return { service: 'apigateway', operation: name, input, permissions: operation.permissions(input) };
    },
    async handle(call, wire, caller) {
      const operation = operationsFor(wire)[call.operation] as RestOperation;
      return operation.handle({ input: (call as RestCall).input, wire, caller });
    },
    renderError,
  };
}

const renderError = ({ code, status, message, members }: ApiError): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ ...members, message }),
});
