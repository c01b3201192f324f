import { badRequest } from './api-errors.ts';
import type { Authorizer, JwtAuthorizer, RequestAuthorizer } from './http-api.ts';
import { defined, flag, numberWithin, oneOf, refuseOthers, textOf, textsOf } from './property-values.ts';

type Given = Readonly<Record<string, unknown>>;

const KNOWN = [
  'ApiId',
  'Name',
  'AuthorizerType',
  'AuthorizerUri',
  'AuthorizerPayloadFormatVersion',
  'AuthorizerResultTtlInSeconds',
  'AuthorizerCredentialsArn',
  'EnableSimpleResponses',
  'IdentitySource',
  'JwtConfiguration',
];
const LONGEST_TTL_SECONDS = 3_600;

/** Reads an authorizer. Throws BadRequestException for what is not emulated or cannot work. */
export function authorizerSettings(authorizerId: string, given: Given): Authorizer {
  refuseOthers('Authorizer', given, KNOWN);
  const type = oneOf('AuthorizerType', given.AuthorizerType, ['REQUEST', 'JWT']);
  return type === 'JWT' ? jwt(authorizerId, given) : request(authorizerId, given);
}

function request(authorizerId: string, given: Given): RequestAuthorizer {
  const payloadFormatVersion = oneOf('AuthorizerPayloadFormatVersion', given.AuthorizerPayloadFormatVersion, [
    '1.0',
    '2.0',
  ]);
  const enableSimpleResponses = flag(given.EnableSimpleResponses);
  if (enableSimpleResponses && payloadFormatVersion === '1.0') {
    throw badRequest('Simple responses need the authorizer payload format version 2.0.');
  }
  const identitySource = textsOf(given.IdentitySource);
  const resultTtlSeconds = numberWithin('authorizerResultTtlInSeconds', given.AuthorizerResultTtlInSeconds ?? 0, [
    0,
    LONGEST_TTL_SECONDS,
  ]);
  if (resultTtlSeconds > 0 && identitySource.length === 0) {
    throw badRequest('At least one identity source is needed when results are cached.');
  }
  const authorizerUri = textOf(given.AuthorizerUri);
  if (!authorizerUri) throw badRequest('A REQUEST authorizer needs an AuthorizerUri.');
  return defined({
    authorizerId,
    authorizerType: 'REQUEST',
    name: String(given.Name),
    authorizerUri,
    identitySource,
    payloadFormatVersion,
    enableSimpleResponses,
    resultTtlSeconds,
    credentialsArn: textOf(given.AuthorizerCredentialsArn),
  }) as RequestAuthorizer;
}

function jwt(authorizerId: string, given: Given): JwtAuthorizer {
  const configuration = (given.JwtConfiguration ?? {}) as Given;
  refuseOthers('JwtConfiguration', configuration, ['Issuer', 'Audience']);
  const issuer = textOf(configuration.Issuer) ?? '';
  const audience = textsOf(configuration.Audience);
  if (!isIssuer(issuer)) {
    throw badRequest(`Invalid issuer: ${issuer || '(none)'}. Issuer must have a valid discovery endpoint over https.`);
  }
  if (audience.length === 0) throw badRequest('JwtConfiguration needs an Audience.');
  const identitySource = textsOf(given.IdentitySource);
  if (identitySource.length > 1) throw badRequest('A JWT authorizer has one identity source.');
  return {
    authorizerId,
    authorizerType: 'JWT',
    name: String(given.Name),
    identitySource: identitySource.length === 0 ? ['$request.header.Authorization'] : identitySource,
    issuer,
    audience,
  };
}

/** AWS wants https; a test's own issuer on this machine may do without. */
const isIssuer = (issuer: string): boolean =>
  /^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/.test(issuer);
