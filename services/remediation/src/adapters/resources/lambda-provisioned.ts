import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** Provisioned concurrency of an alias or version; 0 is none. */
export function lambdaProvisioned(
  client: LambdaClient,
): ChangeHands<Extract<Change, { kind: 'lambda-provisioned-concurrency' }>> {
  return {
    async read({ kind, functionName, qualifier }) {
      try {
        const asked = new GetProvisionedConcurrencyConfigCommand({ FunctionName: functionName, Qualifier: qualifier });
        const now = await client.send(asked);
        return { kind, functionName, qualifier, concurrency: now.RequestedProvisionedConcurrentExecutions ?? 0 };
      } catch (error) {
        if (!(error instanceof ProvisionedConcurrencyConfigNotFoundException)) throw error;
        return { kind, functionName, qualifier, concurrency: 0 };
      }
    },
    async write({ functionName, qualifier, concurrency }) {
      const target = { FunctionName: functionName, Qualifier: qualifier };
      if (concurrency === 0) await client.send(new DeleteProvisionedConcurrencyConfigCommand(target));
      else
        await client.send(
          new PutProvisionedConcurrencyConfigCommand({ ...target, ProvisionedConcurrentExecutions: concurrency }),
        );
    },
  };
}
