import {
  type ApiCall,
  ApiError,
  type AwsService,
  type Caller,
  type RequiredPermission,
  type ResourceProvider,
  type WireRequest,
  type WireResponse,
} from '../service.ts';

/** One operation of a service that speaks AWS JSON 1.0 or 1.1. */
export interface JsonOperation {
  /** What the caller's role must allow. */
  permissions(input: never): readonly RequiredPermission[];
  handle(input: never, caller: Caller): unknown | Promise<unknown>;
}

export interface JsonServiceOptions {
  readonly signingName: string;
  /** IAM prefix where it differs from the signing name. */
  readonly iamPrefix?: string;
  /** What stands before the operation in `X-Amz-Target`: `Logs_20140328`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, JsonOperation>>;
  readonly resources?: Readonly<Record<string, ResourceProvider>>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** An {@link AwsService} over AWS JSON: the operation is named by `X-Amz-Target`, input and output are JSON bodies. */
export function jsonService(options: JsonServiceOptions): AwsService {
  const contentType = `application/x-amz-json-${options.version}`;
  const prefix = options.iamPrefix ?? options.signingName;
  return {
    signingName: options.signingName,
    resources: options.resources ?? {},
    ...(options.start ? { start: options.start } : {}),
    ...(options.stop ? { stop: options.stop } : {}),
    describe(request: WireRequest): ApiCall {
      const target = request.headers['x-amz-target'] ?? '';
      const name = target.slice(target.lastIndexOf('.') + 1);
      const operation = Object.hasOwn(options.operations, name) ? options.operations[name] : undefined;
      if (!operation || !target.startsWith(options.targetPrefix)) {
        throw new ApiError(
          'UnknownOperationException',
          `The sandbox has no ${options.signingName} operation ${name || '(none named)'}.`,
        );
      }
      const input = parse(request.body);
      return { service: prefix, operation: name, input, permissions: operation.permissions(input as never) };
    },
    async handle(call: ApiCall, _request: WireRequest, caller: Caller): Promise<WireResponse> {
      const operation = options.operations[call.operation] as JsonOperation;
      const output = await operation.handle(call.input as never, caller);
      return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output ?? {}) };
    },
    renderError: (error) => renderJsonError(error, contentType),
  };
}

/** The body that SDKs read an AWS JSON error from. */
export function renderJsonError(error: ApiError, contentType: string): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw Object.assign(new ApiError('SerializationException', 'The request body is not JSON.'), { cause });
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  throw new ApiError('SerializationException', 'The request body is not a JSON object.');
}
