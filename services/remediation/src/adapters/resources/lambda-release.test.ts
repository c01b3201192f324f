import {
  type FunctionConfiguration,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { releaseFingerprint } from '../release-fingerprint.ts';
import { lambdaRelease } from './lambda-release.ts';

const CODE: FunctionConfiguration = {
  FunctionName: 'rooms',
  CodeSha256: 'code',
  MemorySize: 256,
  Timeout: 3,
  LastUpdateStatus: 'Successful',
  State: 'Active',
};
const CHANGE = {
  kind: 'lambda-release',
  functionName: 'rooms',
  alias: 'live',
  fingerprint: releaseFingerprint(CODE)!,
  memorySizeMb: 384,
  from: { memorySizeMb: 256, timeoutS: 3 },
} as const satisfies Change;

/** A function of one version behind `live`, as far as a release asks. */
function lambdaOf(beforePublishing: () => FunctionConfiguration = () => ({})) {
  const versions = new Map<string, FunctionConfiguration>([['1', { ...CODE, Version: '1' }]]);
  let latest: FunctionConfiguration = { ...CODE, Version: '$LATEST' };
  let live = '1';
  const publish = () => {
    const Version = String(versions.size + 1);
    versions.set(Version, { ...latest, Version });
    return Version;
  };
  const set = (more: FunctionConfiguration) => {
    latest = { ...latest, ...more };
  };
  const answer = (command: unknown): object => {
    if (command instanceof GetAliasCommand) return { FunctionVersion: live, RevisionId: live };
    if (command instanceof GetFunctionConfigurationCommand)
      return versions.get(command.input.Qualifier ?? '') ?? latest;
    if (command instanceof UpdateFunctionConfigurationCommand) {
      const { MemorySize, Timeout } = command.input;
      set({ ...(MemorySize && { MemorySize }), ...(Timeout && { Timeout }) });
      return latest;
    }
    if (command instanceof PublishVersionCommand) {
      set(beforePublishing());
      return versions.get(publish())!;
    }
    if (command instanceof UpdateAliasCommand) {
      live = command.input.FunctionVersion!;
      return {};
    }
    throw new Error('nobody should ask');
  };
  const client = { send: async (command: unknown) => answer(command) } as unknown as LambdaClient;
  return {
    hands: lambdaRelease(client),
    set,
    /** As the owner of the function does. */
    release: (more: FunctionConfiguration) => {
      set(more);
      live = publish();
    },
    stand: () => ({
      live,
      latest: { memorySizeMb: latest.MemorySize, timeoutS: latest.Timeout },
      versions: [...versions.keys()],
    }),
  };
}

const LATEST_BEFORE = { memorySizeMb: 256, timeoutS: 3 };

test('what was released is taken back', async () => {
  const { hands, stand } = lambdaOf();
  const restore = await hands.read(CHANGE);
  await hands.write(CHANGE, 0);
  expect(stand()).toEqual({ live: '2', latest: { memorySizeMb: 384, timeoutS: 3 }, versions: ['1', '2'] });

  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);

  expect(stand()).toEqual({ live: '1', latest: LATEST_BEFORE, versions: ['1', '2'] });
});

test.each<[string, FunctionConfiguration]>([
  ['memory', { MemorySize: 1_024 }],
  ['timeout', { Timeout: 9 }],
])("a later release of the same code with the owner's %s stays", async (_, more) => {
  const { hands, stand, release } = lambdaOf();
  const restore = await hands.read(CHANGE);
  await hands.write(CHANGE, 0);
  release(more);

  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);

  expect(stand().live).toBe('3');
});

test.each<[string, FunctionConfiguration, object]>([
  ['memory', { MemorySize: 1_024 }, { memorySizeMb: 1_024, timeoutS: 3 }],
  ['timeout', { Timeout: 9 }, { memorySizeMb: 256, timeoutS: 9 }],
])("what $LATEST has by now stays: the owner's %s", async (_, more, latest) => {
  const { hands, stand, set } = lambdaOf();
  const restore = await hands.read(CHANGE);
  await hands.write(CHANGE, 0);
  set(more);

  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);

  expect(stand()).toMatchObject({ live: '1', latest });
});

test('what $LATEST has by now stays where the change was refused for it', async () => {
  const { hands, stand, release } = lambdaOf();
  const restore = await hands.read(CHANGE);
  release({ CodeSha256: 'theirs', MemorySize: 512 });
  await expect(hands.write(CHANGE, 0)).rejects.toThrow('somebody released');

  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);

  expect(stand()).toMatchObject({ live: '2', latest: { memorySizeMb: 512, timeoutS: 3 } });
});

test.each<[string, FunctionConfiguration]>([
  ['1024 MB and 3 s', { MemorySize: 1_024 }],
  ['256 MB and 9 s', { Timeout: 9 }],
])('what was planned from other settings is not applied: %s', async (served, more) => {
  const { hands, stand, release } = lambdaOf();
  release(more);
  const before = stand();

  const because = `live of rooms has ${served} by now, not the 256 MB and 3 s that this was planned from: somebody released. The next finding is repaired from there.`;
  await expect(hands.read(CHANGE)).rejects.toThrow(because);
  await expect(hands.write(CHANGE, 0)).rejects.toThrow(because);

  expect(stand()).toEqual(before);
});

test('what its owner released as it was planned is left as it is', async () => {
  const { hands, stand, release } = lambdaOf();
  release({ MemorySize: 384 });
  const before = stand();

  const restore = await hands.read(CHANGE);
  await hands.write(CHANGE, 0);
  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);

  expect(stand()).toEqual(before);
});

test.each<[string, FunctionConfiguration]>([
  ['a variable', { Environment: { Variables: { NEW_PRICES: 'on' } } }],
  ['another timeout', { Timeout: 9 }],
  ['another memory', { MemorySize: 1_024 }],
])('what $LATEST got while it was published is not released: %s', async (_, meanwhile) => {
  const { hands, stand } = lambdaOf(() => meanwhile);
  const restore = await hands.read(CHANGE);

  await expect(hands.write(CHANGE, 0)).rejects.toThrow('Version 2 of rooms was published with settings');
  expect(stand()).toMatchObject({ live: '1', versions: ['1', '2'] });

  await hands.write(restore as Change & { kind: 'lambda-release' }, 0);
  const latest = { memorySizeMb: meanwhile.MemorySize ?? 256, timeoutS: meanwhile.Timeout ?? 3 };
  expect(stand()).toMatchObject({ live: '1', latest });
});

test('what cannot be read in full is not released, and not taken back by a guess', async () => {
  const { hands, stand, set } = lambdaOf();
  const restore = await hands.read(CHANGE);
  const before = stand();
  set({ Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'no key' } } });

  const because = 'The variables of rooms cannot be read (AccessDeniedException)';
  await expect(hands.write(CHANGE, 0)).rejects.toThrow(because);
  await expect(hands.write(restore as Change & { kind: 'lambda-release' }, 0)).rejects.toThrow(because);

  expect(stand()).toEqual(before);
});
