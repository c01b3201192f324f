import type { RestCall, RestOperation } from '../../../core/rest-operation.ts';
import { route } from '../../../core/rest-route.ts';
import type { ApiError, AwsService, WireResponse } from '../../../core/service.ts';
import { badRequest } from '../http-api/api-errors.ts';

/** API Gateway's own API: REST-JSON, operations known by method and path. */
export function managementApi(
  operations: Readonly<Record<string, RestOperation>>,
): Pick<AwsService, 'describe' | 'handle' | 'renderError'> {
  return {
    describe(request): RestCall {
      const { name, operation, input } = route(operations, request, { service: 'apigateway', badBody: badRequest });
      return { service: 'apigateway', operation: name, input, permissions: operation.permissions(input) };
    },
    async handle(call, wire, caller) {
      const operation = operations[call.operation] as RestOperation;
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
