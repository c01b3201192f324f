import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { InputError } from '../input-error.ts';

/** A function that answers questions. */
export interface QueryFunction {
  readonly functionName: string;
  /** The service that it belongs to: `ingestion`. */
  readonly service: string;
  /** Where it is asked, in a few words, for messages. */
  readonly place: string;
}

/** Asks a query function and gives its answer, unchecked. Throws {@link InputError} where it cannot be reached or is not deployed. */
export async function invokeQuery(client: LambdaClient, asked: QueryFunction, query: unknown): Promise<unknown> {
  const response = await client
    .send(new InvokeCommand({ FunctionName: asked.functionName, Payload: JSON.stringify(query) }))
    .catch((error: unknown) => {
      throw explain(error, asked);
    });
  const text = new TextDecoder().decode(response.Payload);
  if (response.FunctionError) throw new Error(`${asked.functionName} failed (${response.FunctionError}): ${text}`);
  return JSON.parse(text);
}

function explain(error: unknown, { functionName, service, place }: QueryFunction): unknown {
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
      `There is no function ${functionName} at ${place}.`,
      `Deploy services/${service} there, or name another --stage or --region.`,
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
