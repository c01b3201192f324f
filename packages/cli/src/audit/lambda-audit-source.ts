import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AuditAnswer } from '@lamplighter/contracts';
import { InputError } from '../input-error.ts';
import type { AuditSource } from './audit-source.ts';

/** Asks the query function of a deployed ingestion service. Throws {@link InputError} where it cannot be reached or is not deployed. */
export function lambdaAuditSource(client: LambdaClient, stage: string, place: string): AuditSource {
  const functionName = `lamplighter-ingestion-${stage}-query-audit`;
  return {
    name: `${functionName} at ${place}`,
    async ask(query) {
      const response = await client
        .send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }))
        .catch((error: unknown) => {
          throw explain(error, functionName, place);
        });
      const text = new TextDecoder().decode(response.Payload);
      if (response.FunctionError) throw new Error(`${functionName} failed (${response.FunctionError}): ${text}`);
      return AuditAnswer.parse(JSON.parse(text));
    },
  };
}

function explain(error: unknown, functionName: string, place: string): unknown {
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
      'Deploy services/ingestion there, or name another --stage or --region.',
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
