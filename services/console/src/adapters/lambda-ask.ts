import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import type { Ask } from '../ports.ts';

/** A page shows what the others know meanwhile: API Gateway would give up all of it after 30 s. */
const LOOK_MS = 8_000;
/** What changes something may be under way though nobody waits any more: it gets the time that the query function has. */
const CHANGE_MS = 25_000;
const CHANGES = new Set(['decide', 'set-kill-switch', 'answer']);

export interface AskOptions {
  /** Longest wait for an answer to a look, ms. */
  readonly lookMs?: number;
}

/** Asks a query function by invoking it. An answer of a newer contract, one that takes too long, a refusal: all are said as such, none is thrown. */
export function lambdaAsk<Query extends { readonly kind: string }, Schema extends z.ZodType>(
  lambda: LambdaClient,
  functionName: string,
  schema: Schema,
  { lookMs = LOOK_MS }: AskOptions = {},
): Ask<Query, z.infer<Schema>> {
  return async (query) => {
    const abortSignal = AbortSignal.timeout(CHANGES.has(query.kind) ? CHANGE_MS : lookMs);
    try {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }),
        { abortSignal },
      );
      if (FunctionError !== undefined) return { kind: 'failed', reason: `${functionName} ended in an error` };
      const parsed = schema.safeParse(JSON.parse(Buffer.from(Payload ?? []).toString('utf8')));
      if (parsed.success) return { kind: 'answered', answer: parsed.data };
      return { kind: 'failed', reason: `${functionName} answers in a version that this console does not know` };
    } catch (error) {
      const { name } = error as Error;
      if (name === 'ResourceNotFoundException') return { kind: 'not-deployed' };
      return { kind: 'failed', reason: `${functionName}: ${abortSignal.aborted ? 'no answer in time' : name}` };
    }
  };
}
