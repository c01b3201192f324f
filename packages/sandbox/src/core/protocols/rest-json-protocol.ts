import {
  ApiError,
  type AwsService,
  type Caller,
  type RequiredPermission,
  type ResourceProvider,
  type WireRequest,
} from '../service.ts';
import { json, type RestCall, type RestInput, type RestOperation } from './rest-operation.ts';
import { route } from './rest-route.ts';

export type { RestInput as RestJsonInput } from './rest-operation.ts';

/** One operation of a service that speaks REST-JSON and answers JSON to everything. */
export interface RestJsonOperation {
  readonly method: RestOperation['method'];
  /** As the API's model writes it: `/v2/email/identities/{EmailIdentity}`. A parameter takes one segment. */
  readonly route: string;
  permissions(input: RestInput): readonly RequiredPermission[];
  /** Answers the JSON body. */
  handle(input: RestInput, caller: Caller): unknown | Promise<unknown>;
}

export interface RestJsonServiceOptions {
  readonly signingName: string;
  /** IAM prefix where it differs from the signing name. */
  readonly iamPrefix?: string;
  readonly operations: Readonly<Record<string, RestJsonOperation>>;
  readonly resources?: Readonly<Record<string, ResourceProvider>>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** An {@link AwsService} over REST-JSON. */
export function restJsonService(options: RestJsonServiceOptions): AwsService {
  const { signingName } = options;
  const operations = Object.fromEntries(
    Object.entries(options.operations).map(([name, operation]) => [name, answeringJson(operation)]),
  );
  const badBody = (message: string) => new ApiError('SerializationException', message);
  return {
    signingName,
    resources: options.resources ?? {},
    ...(options.start ? { start: options.start } : {}),
    ...(options.stop ? { stop: options.stop } : {}),
    describe(request: WireRequest): RestCall {
      const { name, operation, input } = route(operations, request, { service: signingName, badBody });
      const permissions = operation.permissions(input);
      return { service: options.iamPrefix ?? signingName, operation: name, input, permissions };
    },
    handle: async (call, wire, caller) =>
      operations[call.operation]!.handle({ input: (call as RestCall).input, wire, caller }),
    renderError: ({ code, status, message, members }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ ...members, message }),
    }),
  };
}

const answeringJson = (operation: RestJsonOperation): RestOperation => ({
  method: operation.method,
  route: operation.route,
  permissions: (input) => operation.permissions(input),
  handle: async ({ input, caller }) => json((await operation.handle(input, caller)) ?? {}),
});
