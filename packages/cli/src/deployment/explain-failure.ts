import { InputError } from '../input-error.ts';
import type { Deployment } from './with-deployment.ts';

/** Nothing was reached: the name is not known, or nobody answers there. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'];
/** The network may come back by itself. */
const SLOW = ['EAI_AGAIN', 'ETIMEDOUT', 'ECONNABORTED', 'TimeoutError'];
const NO_CREDENTIALS = ['CredentialsProviderError', 'TokenProviderError', 'SSOTokenProviderFailure'];
const REFUSED = [
  ...['ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException', 'InvalidClientTokenId'],
  ...['AccessDeniedException', 'AccessDenied', 'InvalidSignatureException', 'SignatureDoesNotMatch'],
];
const BUSY = ['TooManyRequestsException', 'ThrottlingException', 'Throttling', 'RequestLimitExceeded'];

/** Whether a call was not made, because nobody knows whose it is. */
export const lacksCredentials = (error: unknown): boolean =>
  NO_CREDENTIALS.includes((error as Partial<Failure>).name ?? '');

/**
 * A call of a query function that failed before the function answered, as a person puts it right. What is no failure of a call stays as it
 * is: a fault of this program.
 */
export function explainFailure(error: unknown, deployment: Deployment, functionName: string, service: string): unknown {
  const { name: place, region } = deployment;
  const { name = '', code = '', $fault, message = '' } = error as Partial<Failure>;
  const is = (names: readonly string[]): boolean => names.includes(name) || names.includes(code);
  const told = (errorCode: InputError['code'], problem: string, wayOut: string): InputError =>
    new InputError(errorCode, problem, wayOut, { cause: error });
  if (is(NOT_REACHED))
    return told(
      'unreachable-endpoint',
      `Nothing answers at ${place}.`,
      region === undefined
        ? 'Start `lamplighter up`, or name another --endpoint.'
        : `Is ${region} the --region that is meant, and is there a way to the internet?`,
    );
  if (is(SLOW))
    return told('unreachable-endpoint', `${place} cannot be reached now (${code || name}).`, 'Try again in a while.');
  if (name === 'ResourceNotFoundException')
    return told(
      'unknown-stage',
      `There is no function ${functionName} at ${place}.`,
      `Deploy services/${service} there, or name another --stage or --region.`,
    );
  if (lacksCredentials(error))
    return told(
      'no-access',
      `There are no AWS credentials to ask ${place} with.`,
      'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; with SSO, log in: aws sso login.',
    );
  if (is(REFUSED))
    return told('no-access', `${place} refuses the call (${name}).`, 'Set AWS credentials that may invoke it.');
  if (is(BUSY))
    return told('service-failed', `${functionName} is called too often now (${name}).`, 'Try again in a while.');
  if ($fault === undefined) return error;
  return told('service-failed', `${place} answered ${name}: ${message}.`, 'Try again; if it stays, it is for AWS.');
}

/** An error of the SDK (`$fault` says whose it is), or of the network below it. */
interface Failure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly $fault: 'client' | 'server';
}
