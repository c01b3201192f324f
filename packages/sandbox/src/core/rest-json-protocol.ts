import {
  type ApiCall,
  ApiError,
  type AwsService,
  type Caller,
  type RequiredPermission,
  type ResourceProvider,
  type WireRequest,
  type WireResponse,
} from './service.ts';

/** One request of a REST-JSON protocol, taken apart. */
export interface RestJsonInput {
  /** Path parameters by name, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One operation of a service that speaks REST-JSON: known by its method and path. */
export interface RestJsonOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the API's model writes it: `/v2/email/identities/{EmailIdentity}`. A parameter takes one segment. */
  readonly route: string;
  permissions(input: RestJsonInput): readonly RequiredPermission[];
  /** Answers the JSON body. */
  handle(input: RestJsonInput, caller: Caller): unknown | Promise<unknown>;
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
  const prefix = options.iamPrefix ?? options.signingName;
  return {
    signingName: options.signingName,
    resources: options.resources ?? {},
    ...(options.start ? { start: options.start } : {}),
    ...(options.stop ? { stop: options.stop } : {}),
    describe(request: WireRequest): ApiCall {
      const { name, operation, input } = find(options, request);
      return { service: prefix, operation: name, input, permissions: operation.permissions(input) };
    },
    async handle(call: ApiCall, _request: WireRequest, caller: Caller): Promise<WireResponse> {
      const output = await options.operations[call.operation]!.handle(call.input as RestJsonInput, caller);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(output ?? {}),
      };
    },
    renderError: ({ code, status, message, members }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ ...members, message }),
    }),
  };
}

function find({ operations, signingName }: RestJsonServiceOptions, request: WireRequest) {
  const url = new URL(request.url, 'http://sandbox');
  const segments = url.pathname.split('/').slice(1);
  for (const [name, operation] of Object.entries(operations)) {
    const path = operation.method === request.method ? match(operation.route, segments) : undefined;
    if (path) return { name, operation, input: { path, query: url.searchParams, body: parse(request.body) } };
  }
  throw new ApiError(
    'UnknownOperationException',
    `The sandbox has no ${signingName} operation ${request.method} ${url.pathname}.`,
    404,
  );
}

function match(route: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = route.split('/').slice(1);
  if (parts.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = decodeURIComponent(segments[index] as string);
    if (part.startsWith('{')) found[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return found;
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw Object.assign(new ApiError('SerializationException', 'The request body is not JSON.'), { cause });
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  throw new ApiError('SerializationException', 'The request body is not a JSON object.');
}
