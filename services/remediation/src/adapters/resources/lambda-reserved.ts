import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type ReservedChange = Extract<Change, { kind: 'lambda-reserved-concurrency' }>;

/** Reserved concurrency; `null` is none. */
export const lambdaReserved = (client: LambdaClient): ChangeHands<ReservedChange> =>
  fieldByField(reservedHands(client), { fields: ['concurrency'] });

function reservedHands(client: LambdaClient): FieldHands<ReservedChange> {
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
