import { expect, test } from '@jest/globals';
import { meaningOf } from './error-meaning.ts';

test.each([
  ['ExpiredTokenException: The security token included in the request is expired', 'dependency', 'credentials'],
  ['error: password authentication failed for user <text>', 'dependency', 'credentials'],
  ['AxiosError: Request failed with status code 401', 'dependency', 'credentials'],
  ['Error: Access denied for user <text>@<text> (using password: YES)', 'dependency', 'credentials'],
  [
    'AccessDeniedException: not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:…',
    'configuration-change',
    'permission for dynamodb:PutItem',
  ],
  ['AccessDenied: Access Denied', 'configuration-change', 'permission'],
  [
    'ClientError: An error occurred (AccessDeniedException) when calling the GetItem operation: …',
    'configuration-change',
    'permission',
  ],
  [
    'FetchError: request to https://api.partner.example/rates failed, reason: certificate has expired',
    'dependency',
    'api.partner.example',
  ],
  ['Error: getaddrinfo ENOTFOUND api.partner.example', 'dependency', 'api.partner.example'],
  ['Error: getaddrinfo ENOTFOUND dynamodb.eu-central-<n>.amazonaws.com', 'dependency', 'name resolution'],
  ['Error: request to https://api.partner.exam… failed: certificate has expired', 'dependency', 'certificate'],
  ['Error: getaddrinfo EAI_AGAIN database', 'dependency', 'name resolution'],
  ['OSError: [Errno <n>] No space left on device', 'quota', '/tmp of pay'],
  ['Error: Missing environment variable TABLE_NAME', 'configuration-change', 'environment variables'],
  ['ResourceNotFoundException: Requested resource not found', 'dependency', 'missing resource'],
  ['Error: relation <text> does not exist', 'dependency', 'missing resource'],
  ['Error: lock wait timeout exceeded; try restarting transaction', 'dependency', 'locks'],
  ['AxiosError: Request failed with status code 503', 'dependency', 'called service'],
  [
    'HTTPError: <n> Server Error: Bad Gateway for url: https://api.partner.example/rates',
    'dependency',
    'api.partner.example',
  ],
  ['Error: <n> UNAVAILABLE: No connection established', 'dependency', 'called service'],
])('%s', (text, kind, name) => {
  expect(meaningOf(text, 'pay')).toMatchObject({ kind, name });
});

test.each([
  'TypeError: Cannot read properties of undefined (reading <text>)',
  'NotFoundError: no such guest',
  'AxiosError: Request failed with status code 404',
  'ConditionalCheckFailedException: The conditional request failed',
  'Error: Unauthorized',
  'Error: HTTP 401',
  'Error: Invalid credentials',
  'ForbiddenError: invalid api key',
  'ExpiredTokenException: the link has expired',
  'Error: User is not authorized to perform this action',
  'AccessDeniedException: Access is denied',
  'ResourceNotFoundException: Guest <n>',
  'fatal error: all goroutines are asleep - deadlock!',
  'InternalServerError: Internal Server Error',
  'ServiceUnavailableError: Service Unavailable',
  'Error: HTTP 500',
])('%s says nothing of a cause', (text) => {
  expect(meaningOf(text, 'pay')).toBeUndefined();
});
