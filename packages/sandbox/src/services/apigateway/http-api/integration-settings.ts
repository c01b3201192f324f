import { badRequest } from './api-errors.ts';
import type { Integration } from './http-api.ts';
import { defined, numberWithin, oneOf, refuseOthers, textOf } from './property-values.ts';

const KNOWN = [
  'ApiId',
  'IntegrationType',
  'IntegrationUri',
  'IntegrationMethod',
  'PayloadFormatVersion',
  'TimeoutInMillis',
  'ConnectionType',
  'CredentialsArn',
  'Description',
];
/** Source: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API". */
const LONGEST_TIMEOUT_MS = 30_000;

/** Reads an integration. Throws BadRequestException for what is not emulated: AWS service integrations, VPC links, parameter mapping. */
export function integrationSettings(integrationId: string, given: Readonly<Record<string, unknown>>): Integration {
  refuseOthers('Integration', given, KNOWN);
  if (given.ConnectionType !== undefined) oneOf('ConnectionType', given.ConnectionType, ['INTERNET']);
  const integrationType = oneOf('IntegrationType', given.IntegrationType, ['AWS_PROXY', 'HTTP_PROXY']);
  const integrationUri = textOf(given.IntegrationUri);
  if (!integrationUri) throw badRequest('The integration needs an IntegrationUri.');
  return defined({
    integrationId,
    integrationType,
    integrationUri,
    integrationMethod: textOf(given.IntegrationMethod) ?? (integrationType === 'AWS_PROXY' ? 'POST' : 'ANY'),
    payloadFormatVersion: oneOf('PayloadFormatVersion', textOf(given.PayloadFormatVersion) ?? '1.0', ['1.0', '2.0']),
    timeoutMs: numberWithin('timeoutInMillis', given.TimeoutInMillis ?? LONGEST_TIMEOUT_MS, [50, LONGEST_TIMEOUT_MS]),
    credentialsArn: textOf(given.CredentialsArn),
    description: textOf(given.Description),
  }) as Integration;
}
