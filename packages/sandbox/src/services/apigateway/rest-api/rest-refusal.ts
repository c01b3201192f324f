import type { Exchange } from '../gateway/exchange.ts';
import type { GatewayAnswer, GatewayRefusal } from '../gateway/gateway-answer.ts';

interface Wording {
  readonly status: number;
  readonly message: string | null;
  readonly errorType: string;
}

/** How REST APIs word each refusal. Source: API Gateway Developer Guide, "Gateway response types". */
const WORDINGS: Readonly<Record<string, Wording>> = {
  RESOURCE_NOT_FOUND: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_THROTTLED: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  AUTHORIZER_FAILURE: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestTooLargeException' },
};

export function restRefusal({ notes, route }: Exchange, refusal: GatewayRefusal): GatewayAnswer {
  const { status, message, errorType } = WORDINGS[refusal.responseType] ?? {
    status: refusal.status,
    message: refusal.message,
    errorType: 'BadRequestException',
  };
  const isDenied = refusal.responseType === 'ACCESS_DENIED';
  const reason = isDenied && route?.authorizationType === 'AWS_IAM' ? (notes.authorizerError ?? message) : message;
  const suffix = isDenied && notes.authorizerError === EXPLICIT_DENY ? ' with an explicit deny' : '';
  const body = isDenied ? { Message: `${reason}${suffix}` } : { message: reason };
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': errorType },
    cookies: [],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** What an authorizer's policy said, where it said no. */
export const EXPLICIT_DENY = 'explicit-deny';
