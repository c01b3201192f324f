import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** Calls at once that the function's owner has said it answers without doing anything. Idle environments end by themselves. */
export function lambdaWarm(client: LambdaClient): ChangeHands<Extract<Change, { kind: 'lambda-warm' }>> {
  return {
    read: async () => ({ kind: 'absent' }),
    async write({ functionName: FunctionName, qualifier: Qualifier, environments }) {
      const Payload = JSON.stringify({ lamplighter: 'warm' });
      await Promise.all(
        Array.from({ length: environments }, () =>
          client.send(new InvokeCommand({ FunctionName, ...(Qualifier !== undefined && { Qualifier }), Payload })),
        ),
      );
    },
  };
}
