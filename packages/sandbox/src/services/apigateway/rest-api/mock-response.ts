import { badRequest } from '../http-api/api-errors.ts';
import type { MockResponse } from './rest-api.ts';

type Given = Readonly<Record<string, unknown>>;

const HEADER = 'method.response.header.';

/** Reads a MOCK integration, as frameworks write it for CORS: a status and constant headers. Throws for templates that do more. */
export function mockResponse(given: Given): MockResponse {
  const template = String((given.RequestTemplates as Given | undefined)?.['application/json'] ?? '{"statusCode":200}');
  const status = /^\s*\{\s*"?statusCode"?\s*:\s*(\d{3})\s*\}\s*$/.exec(template)?.[1];
  if (!status) throw badRequest(`The sandbox does not emulate the mapping template ${template}.`);
  const responses = (given.IntegrationResponses ?? []) as readonly Given[];
  const response = responses.find(({ StatusCode }) => String(StatusCode) === status) ?? responses[0] ?? {};
  const templates = Object.values((response.ResponseTemplates ?? {}) as Given).filter((text) => text !== '');
  if (templates.length > 0)
    throw badRequest(`The sandbox does not emulate the mapping template ${templates.join(', ')}.`);
  const parameters = Object.entries((response.ResponseParameters ?? {}) as Given);
  return { status: Number(response.StatusCode ?? status), headers: Object.fromEntries(parameters.map(headerOf)) };
}

/** `method.response.header.Name: "'value'"` */
function headerOf([parameter, value]: readonly [string, unknown]): [string, string] {
  const constant = /^'(.*)'$/.exec(String(value))?.[1];
  if (!parameter.startsWith(HEADER) || constant === undefined) {
    throw badRequest(`The sandbox does not emulate the response parameter ${parameter}: ${String(value)}.`);
  }
  return [parameter.slice(HEADER.length).toLowerCase(), constant];
}
