import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { lambdaProvisioned } from './lambda-provisioned.ts';

const MINUTE_MS = 60_000;
const READY = {
  kind: 'lambda-provisioned-concurrency',
  functionName: 'rooms',
  qualifier: 'live',
  concurrency: 3,
} as const satisfies Change;
const NONE = { ...READY, concurrency: 0 };

/** An alias for which environments are kept ready, set at a minute. */
function anAlias(concurrency = 0) {
  let settings = { concurrency, minute: 0 };
  let minute = 0;
  const send = async (command: unknown) => {
    if (command instanceof DeleteProvisionedConcurrencyConfigCommand) settings = { concurrency: 0, minute };
    else if (command instanceof PutProvisionedConcurrencyConfigCommand)
      settings = { concurrency: command.input.ProvisionedConcurrentExecutions!, minute };
    else if (!(command instanceof GetProvisionedConcurrencyConfigCommand)) throw new Error('nobody should ask');
    else if (settings.concurrency === 0)
      throw new ProvisionedConcurrencyConfigNotFoundException({ message: '', $metadata: {} });
    return {
      RequestedProvisionedConcurrentExecutions: settings.concurrency,
      LastModified: new Date(settings.minute * MINUTE_MS).toISOString(),
    };
  };
  const client = { send } as unknown as LambdaClient;
  const deploy = (to: number, at: number) => {
    settings = { concurrency: to, minute: at };
    minute = at;
  };
  return { hands: lambdaProvisioned(client), ready: () => settings.concurrency, deploy };
}

const MOMENTS = { takenAt: 0, appliedAt: MINUTE_MS };

test('environments are kept ready, and are not any more when their time is over', async () => {
  const { hands, ready } = anAlias();
  expect(await hands.read(READY)).toEqual(NONE);

  for (let times = 0; times < 2; times++) await hands.write(READY, 0);
  expect(ready()).toBe(3);

  for (let times = 0; times < 2; times++) expect(await hands.undo!(READY, NONE, MOMENTS)).toEqual([]);
  expect(ready()).toBe(0);
});

test('the patch that was offered, deployed while they are ready, stays', async () => {
  const { hands, ready, deploy } = anAlias();
  await hands.write(READY, 0);
  deploy(3, 40);

  expect(await hands.undo!(READY, NONE, MOMENTS)).toEqual([expect.stringContaining('its owner has deployed them')]);

  expect(ready()).toBe(3);
});

test('where their owner keeps more ready by now, nothing is changed', async () => {
  const { hands, ready } = anAlias(10);

  await expect(hands.read(READY)).rejects.toMatchObject({ name: 'NothingChanged' });
  await expect(hands.write(READY, 0)).rejects.toMatchObject({ name: 'NothingChanged' });

  expect(ready()).toBe(10);
});
