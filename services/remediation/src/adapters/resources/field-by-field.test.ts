import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { fieldByField } from './field-by-field.ts';

type Configuration = Extract<Change, { kind: 'lambda-configuration' }>;
type Range = Extract<Change, { kind: 'aurora-capacity' }>;
type Cache = Extract<Change, { kind: 'api-cache' }>;

const MOMENTS = { takenAt: 0 };
const MORE_MEMORY: Configuration = {
  kind: 'lambda-configuration',
  functionName: 'rooms',
  memorySizeMb: 384,
  timeoutS: 6,
  from: { memorySizeMb: 256, timeoutS: 3 },
};
const WIDER: Range = {
  kind: 'aurora-capacity',
  clusterId: 'hotel',
  minAcu: 1,
  maxAcu: 4,
  from: { minAcu: 0.5, maxAcu: 2 },
};
const CACHED: Cache = {
  kind: 'api-cache',
  apiId: 'api',
  stage: 'live',
  clusterEnabled: true,
  clusterSizeGb: '0.5',
  cachingEnabled: true,
  ttlS: 60,
};

/** Something with fields that its owner may set at any time. */
function aResource<C extends Change>(was: C, rules: Parameters<typeof fieldByField<C>>[1]) {
  let now = was;
  const written: C[] = [];
  let refusal: Error | undefined;
  const hands = fieldByField<C>(
    {
      read: async () => now,
      write: async (change) => {
        if (refusal !== undefined) throw refusal;
        written.push(change);
        now = { ...now, ...change };
      },
    },
    rules,
  );
  return {
    hands,
    written,
    now: () => now,
    set: (more: Partial<C>) => {
      now = { ...now, ...more };
    },
    refuse: (name: string) => {
      refusal = Object.assign(new Error(`${name}: no`), { name });
    },
  };
}

const aFunction = () =>
  aResource<Configuration>(
    { kind: 'lambda-configuration', functionName: 'rooms', memorySizeMb: 256, timeoutS: 3 },
    { fields: ['memorySizeMb', 'timeoutS'] },
  );
const aCluster = () =>
  aResource<Range>(
    { kind: 'aurora-capacity', clusterId: 'hotel', minAcu: 0.5, maxAcu: 2 },
    { fields: ['minAcu', 'maxAcu'], isBlock: true },
  );

async function made<C extends Change>(one: ReturnType<typeof aResource<C>>, change: C) {
  const before = (await one.hands.read(change)) as C;
  await one.hands.write(change, 0);
  return { undo: () => one.hands.undo!(change, before, MOMENTS) };
}

test('a change is made once, and undone, however often each step comes', async () => {
  const one = aFunction();
  const { undo } = await made(one, MORE_MEMORY);
  await one.hands.write(MORE_MEMORY, 0);
  expect(one.written).toHaveLength(1);

  expect([await undo(), await undo()]).toEqual([[], []]);
  expect(one.now()).toMatchObject({ memorySizeMb: 256, timeoutS: 3 });
});

test('a change that AWS does not show yet is undone all the same', async () => {
  const one = aCluster();
  const { undo } = await made(one, WIDER);
  one.set({ minAcu: 0.5, maxAcu: 2 });

  expect(await undo()).toEqual([]);

  expect(one.written).toHaveLength(2);
});

test('what its owner deployed between the plan and the yes is not overwritten', async () => {
  const one = aFunction();
  one.set({ memorySizeMb: 2_048 });

  const refused = { name: 'NothingChanged', message: expect.stringContaining('is 2048 by now, not the 256') };
  await expect(one.hands.read(MORE_MEMORY)).rejects.toMatchObject(refused);
  await expect(one.hands.write(MORE_MEMORY, 0)).rejects.toMatchObject(refused);

  expect(one.written).toEqual([]);
});

test('a plan of the version before does not say what it was planned from, and is made', async () => {
  const one = aFunction();
  one.set({ memorySizeMb: 2_048 });
  const { from: _, ...old } = MORE_MEMORY;

  await one.hands.write(old, 0);

  expect(one.now().memorySizeMb).toBe(384);
});

test('undoing puts back what still is as the change made it, and says what it left', async () => {
  const one = aFunction();
  const { undo } = await made(one, MORE_MEMORY);
  one.set({ memorySizeMb: 3_008 });

  expect(await undo()).toEqual([expect.stringMatching(/^memorySizeMb of lambda\/rooms is 3008 by now, not the 384/)]);

  expect(one.now()).toMatchObject({ memorySizeMb: 3_008, timeoutS: 3 });
  expect(one.written.at(-1)).not.toHaveProperty('memorySizeMb');
});

test("fields that are written together are written with what is the owner's", async () => {
  const one = aCluster();
  const { undo } = await made(one, WIDER);
  one.set({ maxAcu: 16 });

  await undo();

  expect(one.written.at(-1)).toMatchObject({ minAcu: 0.5, maxAcu: 16 });
});

test('who changes a part of one decision has taken it over', async () => {
  const off = { ...CACHED, clusterEnabled: false, cachingEnabled: false, ttlS: 300 };
  const one = aResource<Cache>(off, {
    fields: ['clusterEnabled', 'clusterSizeGb', 'cachingEnabled', 'ttlS'],
    isOne: true,
  });
  const { undo } = await made(one, CACHED);
  one.set({ ttlS: 30 });

  expect(await undo()).toHaveLength(1);

  expect(one.now()).toMatchObject({ clusterEnabled: true, ttlS: 30 });
});

test.each([
  ['InvalidParameterValueException', 'NothingChanged'],
  ['InvalidParameterCombination', 'NothingChanged'],
  ['TooManyRequestsException', 'TooManyRequestsException'],
  ['ResourceConflictException', 'ResourceConflictException'],
])('%s ends as %s', async (refusal, name) => {
  const one = aFunction();
  one.refuse(refusal);

  await expect(one.hands.write(MORE_MEMORY, 0)).rejects.toMatchObject({ name });
});
