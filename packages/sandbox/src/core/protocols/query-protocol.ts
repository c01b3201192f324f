import { randomUUID } from 'node:crypto';
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
import { renderXml, type XmlValue } from './xml.ts';

/** Decoded query input: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`; every leaf is text. */
export type QueryInput = { readonly [name: string]: QueryValue };
export type QueryValue = string | readonly QueryValue[] | QueryInput | undefined;

/** One operation of a service that speaks the AWS query protocol. */
export interface QueryOperation {
  permissions(input: QueryInput): readonly RequiredPermission[];
  /** Answers the members of the result element; a list is `{ member: [...] }`. Nothing where the operation has no result. */
  handle(input: QueryInput, caller: Caller): QueryOutput | Promise<QueryOutput>;
}
// biome-ignore lint/suspicious/noConfusingVoidType: an operation without a result returns nothing
export type QueryOutput = Readonly<Record<string, XmlValue>> | void;

export interface QueryServiceOptions {
  readonly signingName: string;
  /** IAM prefix where it differs from the signing name. */
  readonly iamPrefix?: string;
  /** Namespace of the answers: `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly xmlns: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
  readonly resources?: Readonly<Record<string, ResourceProvider>>;
}

/** An {@link AwsService} over the AWS query protocol: form-encoded input, XML output. */
export function queryService(options: QueryServiceOptions): AwsService {
  const prefix = options.iamPrefix ?? options.signingName;
  return {
    signingName: options.signingName,
    resources: options.resources ?? {},
    describe(request: WireRequest): ApiCall {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const name = form.get('Action') ?? '';
      const operation = Object.hasOwn(options.operations, name) ? options.operations[name] : undefined;
      if (!operation) {
        throw new ApiError(
          'InvalidAction',
          `The sandbox has no ${options.signingName} operation ${name || '(none named)'}.`,
        );
      }
      const input = parseQueryInput(form);
      return { service: prefix, operation: name, input, permissions: operation.permissions(input) };
    },
    async handle(call: ApiCall, _request: WireRequest, caller: Caller): Promise<WireResponse> {
      const output = await options.operations[call.operation]!.handle(call.input as QueryInput, caller);
      return {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: renderXml(
          {
            [`${call.operation}Response`]: {
              ...(output ? { [`${call.operation}Result`]: output } : {}),
              ResponseMetadata: { RequestId: randomUUID() },
            },
          },
          { xmlns: options.xmlns },
        ),
      };
    },
    renderError: renderQueryError,
  };
}

/** The body that SDKs read a query-protocol error from. */
export function renderQueryError(error: ApiError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body: renderXml({
      ErrorResponse: {
        Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
        RequestId: randomUUID(),
      },
    }),
  };
}

/** Text of a member, or `undefined` where it is absent; a list or structure in its place is the caller's mistake. */
export function textMember(input: QueryInput, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError('ValidationError', `${name} must be a single value.`);
}

export function requiredText(input: QueryInput, name: string): string {
  const value = textMember(input, name);
  if (value === undefined || value === '') throw new ApiError('ValidationError', `${name} is required.`);
  return value;
}

/** Depth and width of a form that no real SDK reaches. */
const DEEPEST_PATH = 12;

export function parseQueryInput(form: URLSearchParams): QueryInput {
  const root: Tree = new Map();
  for (const [path, value] of form) {
    const names = path.split('.');
    if (names.length > DEEPEST_PATH)
      throw new ApiError('MalformedQueryString', `The parameter ${path.slice(0, 80)} is too deep.`);
    plant(root, names, value);
  }
  root.delete('Action');
  root.delete('Version');
  return toInput(root) as QueryInput;
}

type Tree = Map<string, Tree | string>;

function plant(root: Tree, names: readonly string[], value: string): void {
  let branch = root;
  for (const name of names.slice(0, -1)) {
    const next = branch.get(name) ?? new Map();
    if (typeof next === 'string')
      throw new ApiError('MalformedQueryString', `${names.join('.')} is both a value and a structure.`);
    branch.set(name, next);
    branch = next;
  }
  branch.set(names.at(-1)!, value);
}

/** `{ member: { 1: a, 2: b } }` and bare `{ 1: a, 2: b }` are lists. */
function toInput(tree: Tree | string): QueryValue {
  if (typeof tree === 'string') return tree;
  const only = tree.size === 1 ? (tree.get('member') ?? tree.get('entry')) : undefined;
  const list = only instanceof Map ? only : tree;
  const keys = [...list.keys()];
  if (keys.length > 0 && keys.every((key) => /^[1-9]\d{0,8}$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => toInput(list.get(key)!));
  }
  return Object.fromEntries([...tree].map(([name, value]) => [name, toInput(value)]));
}
