import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import type { Ask } from '../ports.ts';

/** Asks a query function by invoking it. An answer of a newer contract, a timeout, a refusal: all are said as such, none is thrown. */
export function lambdaAsk<Query, Schema extends z.ZodType>(
  lambda: LambdaClient,
  functionName: string,
  schema: Schema,
): Ask<Query, z.infer<Schema>> {
  return async (query) => {
    try {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }),
      );
      if (FunctionError !== undefined) return { kind: 'failed', reason: `${functionName} ended in an error` };
      const parsed = schema.safeParse(JSON.parse(Buffer.from(Payload ?? []).toString('utf8')));
      if (parsed.success) return { kind: 'answered', answer: parsed.data };
      return { kind: 'failed', reason: `${functionName} answers in a version that this console does not know` };
    } catch (error) {
      const { name } = error as Error;
      if (name === 'ResourceNotFoundException') return { kind: 'not-deployed' };
      return { kind: 'failed', reason: `${functionName}: ${name}` };
    }
  };
}
