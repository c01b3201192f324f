import type { RestCall, RestOperation } from '../../../core/protocols/rest-operation.ts';
import { route } from '../../../core/protocols/rest-route.ts';
import type { ApiError, AwsService, ResourceProvider, WireResponse } from '../../../core/service.ts';
import { invalidRequestContent } from '../lambda-errors.ts';

export interface LambdaServiceOptions {
  readonly operations: Readonly<Record<string, RestOperation>>;
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Lambda's wire side: a REST-JSON protocol whose operations are known by method and path. */
export function lambdaService({ operations, resources, start, stop }: LambdaServiceOptions): AwsService {
  return {
    signingName: 'lambda',
    resources,
    start,
    stop,
    describe(request): RestCall {
      const { name, operation, input } = route(operations, request, {
        service: 'lambda',
        badBody: invalidRequestContent,
      });
      return { service: 'lambda', operation: name, input, permissions: operation.permissions(input) };
    },
    async handle(call, wire, caller) {
      const operation = operations[call.operation] as RestOperation;
      return operation.handle({ input: (call as RestCall).input, wire, caller });
    },
    renderError,
  };
}

function renderError({ code, status, message, members }: ApiError): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ ...members, message, Message: message }),
  };
}
