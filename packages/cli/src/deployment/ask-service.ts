import { InvokeCommand } from '@aws-sdk/client-lambda';
import { InputError } from '../input-error.ts';
import type { Deployment } from './with-deployment.ts';

/** A function that answers questions. */
export interface QueryFunction {
  /** The service that it belongs to: `ingestion`. */
  readonly service: string;
  /** Its name in that service: `query-audit`. */
  readonly query: string;
}

/** The name of a query function in a deployment. */
export const functionNameOf = ({ stage }: Deployment, { service, query }: QueryFunction): string =>
  `lamplighter-${service}-${stage}-${query}`;

/** Asks a service of a deployment and gives its answer, unchecked. Throws {@link InputError} where it cannot be reached or is not deployed. */
export async function askService(deployment: Deployment, asked: QueryFunction, question: unknown): Promise<unknown> {
  const FunctionName = functionNameOf(deployment, asked);
  const response = await deployment.client
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(question) }))
    .catch((error: unknown) => {
      throw explain(error, deployment, asked);
    });
  const text = new TextDecoder().decode(response.Payload);
  if (response.FunctionError) throw new Error(`${FunctionName} failed (${response.FunctionError}): ${text}`);
  return JSON.parse(text);
}

function explain(error: unknown, deployment: Deployment, asked: QueryFunction): unknown {
  const place = deployment.name;
  const { name, code } = error as { name?: string; code?: string };
  const cause = { cause: error };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ECONNRESET') {
    return new InputError(
      'unreachable-endpoint',
      `Nothing answers at ${place}.`,
      'Start `lamplighter up`, or name another --endpoint.',
      cause,
    );
  }
  if (name === 'ResourceNotFoundException') {
    return new InputError(
      'unknown-stage',
      `There is no function ${functionNameOf(deployment, asked)} at ${place}.`,
      `Deploy services/${asked.service} there, or name another --stage or --region.`,
      cause,
    );
  }
  if (name === 'CredentialsProviderError') {
    return new InputError(
      'no-access',
      `There are no AWS credentials to ask ${place} with.`,
      'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      cause,
    );
  }
  if (
    name === 'ExpiredTokenException' ||
    name === 'UnrecognizedClientException' ||
    name === 'AccessDeniedException' ||
    name === 'InvalidSignatureException'
  ) {
    return new InputError(
      'no-access',
      `${place} refuses the call (${name}).`,
      'Set AWS credentials that may invoke it.',
      cause,
    );
  }
  return error;
}
