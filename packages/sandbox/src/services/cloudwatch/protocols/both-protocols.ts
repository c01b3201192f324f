import { gunzipSync } from 'node:zlib';
import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { queryService } from '../../../core/protocols/query-protocol.ts';
import { ApiError, type AwsService, type WireRequest } from '../../../core/service.ts';
import { fromQueryInput, toQueryOutput } from './query-values.ts';

/**
 * CloudWatch speaks JSON 1.0 with the SDKs of today and the query protocol with older ones (AWS CLI 2.9); this gives a JSON service the
 * other. JSON has two more things of its own here: gzip bodies of PutMetricData, and the query protocol's error code in a header.
 */
export function withQueryProtocol(json: AwsService, operations: Readonly<Record<string, JsonOperation>>): AwsService {
  const query = queryService({
    signingName: json.signingName,
    iamPrefix: 'cloudwatch',
    xmlns: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [
        name,
        {
          permissions: (input) => operation.permissions(fromQueryInput(input) as never),
          handle: async (input, caller) =>
            toQueryOutput(await operation.handle(fromQueryInput(input) as never, caller)),
        },
      ]),
    ),
  });
  return {
    ...json,
    describe(request) {
      if (isQuery(request)) return query.describe(unzipped(request));
      if (request.headers['smithy-protocol']) {
        const protocol = request.headers['smithy-protocol'];
        throw new ApiError('UnknownOperationException', `The sandbox does not speak ${protocol}: use JSON or query.`);
      }
      return json.describe(unzipped(request));
    },
    handle: (call, request, caller) =>
      isQuery(request) ? query.handle(call, request, caller) : json.handle(call, request, caller),
    renderError(error, request) {
      const queryCode = error.code.replace(/Exception$/, '');
      if (request && isQuery(request)) {
        return query.renderError(new ApiError(queryCode, error.message, error.status, error.members), request);
      }
      const response = json.renderError(error, request);
      const fault = error.status < 500 ? 'Sender' : 'Receiver';
      return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${queryCode};${fault}` } };
    },
  };
}

function isQuery({ headers }: WireRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

function unzipped(request: WireRequest): WireRequest {
  return request.headers['content-encoding'] === 'gzip' ? { ...request, body: gunzipSync(request.body) } : request;
}
