import { GetAliasCommand, type LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { lambdaAlias } from './lambda-alias.ts';

const ROLLBACK = {
  kind: 'lambda-alias',
  functionName: 'rooms',
  alias: 'live',
  version: '7',
  weights: {},
  from: { version: '8', weights: {} },
} as const satisfies Change;

/** An alias that its owner may move at any time. */
function aliasAt(first: string) {
  let live = first;
  let meanwhile: () => void = () => undefined;
  const send = async (command: unknown) => {
    if (command instanceof GetAliasCommand) return { FunctionVersion: live, RevisionId: `at ${live}` };
    if (!(command instanceof UpdateAliasCommand)) throw new Error('nobody should ask');
    meanwhile();
    if (command.input.RevisionId !== `at ${live}`) throw new Error('PreconditionFailedException');
    live = command.input.FunctionVersion!;
    return {};
  };
  return {
    hands: lambdaAlias({ send } as unknown as LambdaClient),
    live: () => live,
    release: (version: string) => {
      live = version;
    },
    beforeWrite: (what: () => void) => {
      meanwhile = what;
    },
  };
}

test('an alias is sent back, and undone, however often each step comes', async () => {
  const { hands, live } = aliasAt('8');
  const before = await hands.read(ROLLBACK);
  for (let times = 0; times < 2; times++) await hands.write(ROLLBACK, 0);
  expect(live()).toBe('7');

  if (before.kind !== 'lambda-alias') throw new Error('nothing to go back to');
  for (let times = 0; times < 2; times++) await hands.write(before, 0);
  expect(live()).toBe('8');
});

test('a release after the plan is left alone: before the snapshot, before the change, and while it is made', async () => {
  const { hands, live, release, beforeWrite } = aliasAt('9');
  await expect(hands.read(ROLLBACK)).rejects.toThrow('points to version 9 by now, not to 8: somebody released');

  await expect(hands.write(ROLLBACK, 0)).rejects.toThrow('somebody released');
  release('8');
  beforeWrite(() => release('9'));
  await expect(hands.write(ROLLBACK, 0)).rejects.toThrow('PreconditionFailed');
  expect(live()).toBe('9');
});

test('undoing leaves what the owner released since', async () => {
  const { hands, live, release } = aliasAt('8');
  const before = await hands.read(ROLLBACK);
  await hands.write(ROLLBACK, 0);
  release('9');

  if (before.kind !== 'lambda-alias') throw new Error('nothing to go back to');
  await hands.write(before, 0);

  expect(live()).toBe('9');
});
