import { expect, test } from '@jest/globals';
import type { SubjectKey, SubjectKeys } from '../src/ports.ts';
import { rememberedKeys } from '../src/vault/remembered-keys.ts';

const active = (subject: string, generation = 1): SubjectKey => ({
  kind: 'active',
  subject,
  generation,
  key: new Uint8Array(32),
});

function countedKeys(): SubjectKeys & { readonly asked: string[] } {
  const asked: string[] = [];
  const stored = new Map<string, SubjectKey>();
  const answer = async (call: string, subject: string, make: boolean): Promise<SubjectKey | undefined> => {
    asked.push(`${call} ${subject}`);
    if (make && !stored.has(subject)) stored.set(subject, active(subject));
    return stored.get(subject);
  };
  return {
    asked,
    find: (subject) => answer('find', subject, false),
    obtain: async (subject) => (await answer('obtain', subject, true))!,
    renew: async (subject, generation) => active(subject, generation),
    erase: async (subject, erasedAtMs) => {
      stored.delete(subject);
      return { kind: 'erased', subject, generation: 1, erasedAtMs };
    },
  };
}

test('asks for a key once, whoever asks at the same time', async () => {
  const keys = countedKeys();
  const remembered = rememberedKeys(keys);

  const found = await Promise.all(['a', 'a', 'b', 'a'].map((subject) => remembered.obtain(subject)));

  expect(found.map(({ subject }) => subject)).toEqual(['a', 'a', 'b', 'a']);
  expect(keys.asked).toEqual(['obtain a', 'obtain b']);
});

test('makes a key that was looked for in vain, once', async () => {
  const keys = countedKeys();
  const remembered = rememberedKeys(keys);

  expect(await remembered.find('a')).toBeUndefined();
  await Promise.all([remembered.obtain('a'), remembered.obtain('a')]);

  expect(keys.asked).toEqual(['find a', 'obtain a']);
});

test('forgets what failed, what was erased, and knows a renewed key', async () => {
  const keys = countedKeys();
  let fails = true;
  const flaky: SubjectKeys = {
    ...keys,
    obtain: (subject) => {
      if (!fails) return keys.obtain(subject);
      fails = false;
      return Promise.reject(new Error('throttled'));
    },
  };
  const remembered = rememberedKeys(flaky);

  await expect(remembered.obtain('a')).rejects.toThrow('throttled');
  expect((await remembered.obtain('a')).kind).toBe('active');
  await remembered.renew('a', 2);
  expect((await remembered.find('a'))!.generation).toBe(2);
  await remembered.erase('a', 5);
  expect(await remembered.find('a')).toBeUndefined();
});
