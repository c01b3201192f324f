import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** Reserved concurrency; `null` is none. */
export function lambdaReserved(
  client: LambdaClient,
): ChangeHands<Extract<Change, { kind: 'lambda-reserved-concurrency' }>> {
  return {
    async read({ kind, functionName }) {
      const now = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName }));
      return { kind, functionName, concurrency: now.ReservedConcurrentExecutions ?? null };
    },
    async write({ functionName: FunctionName, concurrency }) {
      if (concurrency === null) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      else
        await client.send(
          new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: concurrency }),
        );
    },
  };
}
