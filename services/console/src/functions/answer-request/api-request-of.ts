import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ApiRequest } from '../../api/api-request.ts';
import type { Authorizer } from '../../domain/who-asks.ts';

/** An HTTP API's event (payload 2.0) as the API's request. */
export function apiRequest(event: APIGatewayProxyEventV2, by: string): ApiRequest {
  const { body = '', isBase64Encoded, headers, queryStringParameters = {}, rawPath, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: queryStringParameters,
    headers,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
    by,
  };
}

/** What the authorizer said, if there was one; the shape depends on its kind. */
export const authorizerOf = (event: APIGatewayProxyEventV2): Authorizer | undefined =>
  (event.requestContext as { authorizer?: Authorizer }).authorizer;
