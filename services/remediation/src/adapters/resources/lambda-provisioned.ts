import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

interface Qualified {
  readonly functionName: string;
  readonly qualifier: string;
}

/** Environments that are kept ready for an alias or version; 0 where none are. */
export async function readProvisioned(client: LambdaClient, { functionName, qualifier }: Qualified): Promise<number> {
  try {
    const asked = new GetProvisionedConcurrencyConfigCommand({ FunctionName: functionName, Qualifier: qualifier });
    return (await client.send(asked)).RequestedProvisionedConcurrentExecutions ?? 0;
  } catch (error) {
    if (!(error instanceof ProvisionedConcurrencyConfigNotFoundException)) throw error;
    return 0;
  }
}

export async function writeProvisioned(
  client: LambdaClient,
  { functionName, qualifier }: Qualified,
  concurrency: number,
): Promise<void> {
  const target = { FunctionName: functionName, Qualifier: qualifier };
  if (concurrency === 0) await client.send(new DeleteProvisionedConcurrencyConfigCommand(target));
  else
    await client.send(
      new PutProvisionedConcurrencyConfigCommand({ ...target, ProvisionedConcurrentExecutions: concurrency }),
    );
}

/** Provisioned concurrency of an alias or version; 0 is none. */
export function lambdaProvisioned(
  client: LambdaClient,
): ChangeHands<Extract<Change, { kind: 'lambda-provisioned-concurrency' }>> {
  return {
    read: async ({ kind, functionName, qualifier }) => ({
      kind,
      functionName,
      qualifier,
      concurrency: await readProvisioned(client, { functionName, qualifier }),
    }),
    write: (change) => writeProvisioned(client, change, change.concurrency),
  };
}
