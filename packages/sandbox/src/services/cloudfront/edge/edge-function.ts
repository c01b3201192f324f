import { createContext, runInContext } from 'node:vm';
import type { EdgeFunctionCode } from '../config/cloudfront-store.ts';
import type { Distribution } from '../config/distribution.ts';
import type { EdgeRequest, EdgeResponse } from './edge-request.ts';

/** Functions have about a millisecond on AWS. Here only a loop without end is stopped: a busy machine must not fail a good function. */
const LONGEST_RUN_MS = 5_000;

type Values = Record<string, { value: string }>;

interface FunctionRequest {
  method: string;
  uri: string;
  querystring: Values;
  headers: Values;
  cookies: Values;
}

interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: Values;
  cookies?: Record<string, { value: string; attributes?: string }>;
  body?: string | { data: string; encoding?: string };
}

/**
 * Runs a function in a JavaScript context of its own, without Node's globals: enough for one's own code, no wall against hostile code.
 * Source: CloudFront Developer Guide, "CloudFront Functions event structure".
 */
async function run(code: EdgeFunctionCode, event: object): Promise<Record<string, unknown>> {
  const context = createContext({ input: JSON.stringify(event) }, { codeGeneration: { strings: false, wasm: false } });
  const script = `${code.code}\n;(async () => JSON.stringify(await handler(JSON.parse(input))))()`;
  return JSON.parse(await (runInContext(script, context, { timeout: LONGEST_RUN_MS }) as Promise<string>));
}

const viewerContext = ({ domainName, id }: Distribution, eventType: string) => ({
  version: '1.0',
  context: { distributionDomainName: domainName, distributionId: id, eventType, requestId: '' },
  viewer: { ip: '127.0.0.1' },
});

/** The request as the function leaves it, or the response that it gives by itself. */
export async function viewerRequest(
  code: EdgeFunctionCode,
  distribution: Distribution,
  request: EdgeRequest,
): Promise<{ readonly request: EdgeRequest } | { readonly response: EdgeResponse }> {
  const event = { ...viewerContext(distribution, 'viewer-request'), request: functionRequest(request) };
  const answer = await run(code, event);
  if ('statusCode' in answer) return { response: edgeResponse(answer as unknown as FunctionResponse) };
  const { uri, querystring = {}, headers = {}, cookies = {} } = answer as unknown as FunctionRequest;
  const pairs = Object.entries(querystring).map(([name, { value }]) => (value === '' ? name : `${name}=${value}`));
  const cookie = Object.entries(cookies).map(([name, { value }]) => `${name}=${value}`);
  return {
    request: {
      ...request,
      uri,
      query: pairs.join('&'),
      headers: { ...plain(headers), ...(cookie.length > 0 ? { cookie: cookie.join('; ') } : {}) },
    },
  };
}

/** The response as the function leaves it; the body stays. */
export async function viewerResponse(
  code: EdgeFunctionCode,
  { distribution, request }: { readonly distribution: Distribution; readonly request: EdgeRequest },
  response: EdgeResponse,
): Promise<EdgeResponse> {
  const given = { statusCode: response.status, headers: valued(response.headers), cookies: {} };
  const event = {
    ...viewerContext(distribution, 'viewer-response'),
    request: functionRequest(request),
    response: given,
  };
  const answer = (await run(code, event)) as unknown as FunctionResponse;
  return { ...response, status: answer.statusCode, headers: plain(answer.headers ?? {}) };
}

function functionRequest({ method, uri, query, headers }: EdgeRequest): FunctionRequest {
  const { cookie = '', ...rest } = headers;
  const cookies = cookie.split(/;\s*/).filter((one) => one !== '');
  return {
    method,
    uri,
    querystring: valued(Object.fromEntries(query.split('&').filter(Boolean).map(pairOf))),
    headers: valued(rest),
    cookies: valued(Object.fromEntries(cookies.map(pairOf))),
  };
}

function edgeResponse({ statusCode, headers = {}, cookies = {}, body = '' }: FunctionResponse): EdgeResponse {
  const data = typeof body === 'string' ? { data: body, encoding: 'text' } : body;
  return {
    status: statusCode,
    headers: plain(headers),
    cookies: Object.entries(cookies).map(
      ([name, { value, attributes }]) => `${name}=${value}${attributes ? `; ${attributes}` : ''}`,
    ),
    body: Buffer.from(data.data, data.encoding === 'base64' ? 'base64' : 'utf8'),
  };
}

function pairOf(pair: string): [string, string] {
  const [name = '', ...value] = pair.split('=');
  return [name, value.join('=')];
}

const valued = (headers: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

const plain = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name.toLowerCase(), value]));
