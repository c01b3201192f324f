import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { Change } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import type { Snapshot } from '../../domain/stored-remediation.ts';
import { fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

interface Qualified {
  readonly functionName: string;
  readonly qualifier: string;
}

/** Environments that are kept ready for an alias or version; 0 where none are. */
export const readProvisioned = async (client: LambdaClient, target: Qualified): Promise<number> =>
  (await settingsOf(client, target)).concurrency;

/** With when somebody set them last, epoch milliseconds. */
async function settingsOf(client: LambdaClient, { functionName, qualifier }: Qualified) {
  try {
    const asked = new GetProvisionedConcurrencyConfigCommand({ FunctionName: functionName, Qualifier: qualifier });
    const { RequestedProvisionedConcurrentExecutions: concurrency = 0, LastModified = '' } = await client.send(asked);
    return { concurrency, setAt: Date.parse(LastModified) };
  } catch (error) {
    if (!(error instanceof ProvisionedConcurrencyConfigNotFoundException)) throw error;
    return { concurrency: 0, setAt: Number.NaN };
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

type ProvisionedChange = Extract<Change, { kind: 'lambda-provisioned-concurrency' }>;

/** How far the clocks of Lambda and of this function may differ. */
const SKEW_MS = 60_000;

/**
 * Provisioned concurrency of an alias or version; 0 is none. It is raised, and never lowered: who keeps more ready by now does not need it. What was set again
 * after the change, to the same number, is the patch that was offered with it, deployed: it stays.
 */
export function lambdaProvisioned(client: LambdaClient): ChangeHands<ProvisionedChange> {
  const hands = fieldByField<ProvisionedChange>(
    {
      read: async ({ kind, functionName, qualifier }) => ({
        kind,
        functionName,
        qualifier,
        concurrency: await readProvisioned(client, { functionName, qualifier }),
      }),
      write: (change) => writeProvisioned(client, change, change.concurrency),
    },
    { fields: ['concurrency'] },
  );
  return {
    ...hands,
    async read(change) {
      const now = await hands.read(change);
      assertNotLowered(change, now);
      return now;
    },
    async write(change, since) {
      if (change.concurrency > 0) assertNotLowered(change, await hands.read(change));
      await hands.write(change, since);
    },
    async undo(change, restore, moments) {
      const { concurrency, setAt } = await settingsOf(client, change);
      const isDeployedSince = moments.appliedAt !== undefined && setAt > moments.appliedAt + SKEW_MS;
      if (concurrency === change.concurrency && isDeployedSince)
        return [
          `${concurrency} environments of ${change.functionName}:${change.qualifier} were set to be ready once more, after the repair: its owner has deployed them, and they were left.`,
        ];
      return hands.undo?.(change, restore, moments) ?? [];
    },
  };
}

/** @throws NothingChanged where more is ready than the change would keep ready. */
function assertNotLowered(change: ProvisionedChange, now: Snapshot['restore']): void {
  if (now.kind !== change.kind || now.concurrency <= change.concurrency) return;
  throw new NothingChanged(
    `${now.concurrency} environments of ${change.functionName}:${change.qualifier} are kept ready by now: somebody set them, and fewer would not help.`,
  );
}
