import { expect, test } from '@jest/globals';
import { scriptedAudit } from '../testing/scripted-audit.ts';
import { findStory } from './find-story.ts';

const quiet = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at}`);

test('the beginning of an id is completed where all ids were looked through and one begins so', async () => {
  const source = scriptedAudit({ orders: ['abcd-1', 'bcde-2'], storms: ['cdef-3'] });

  expect(await findStory(source, 'ABCD')).toMatchObject({ story: { invocation: { requestId: 'abcd-1' } } });
  expect(await findStory(source, 'abce')).toEqual({ kind: 'not-found', nearest: [] });
});

test('one of many that begins so is not taken for the one: what is meant may be among the rest', async () => {
  const source = scriptedAudit({ orders: [...quiet(1_000, 'old'), 'abcd-1', ...quiet(500, 'new')] });

  expect(await findStory(source, 'abcd')).toEqual({ kind: 'not-found', nearest: ['abcd-1'], lookedThrough: 1_000 });
});

test('asks no more functions than is quick, and says that there are more', async () => {
  const source = scriptedAudit(Object.fromEntries(quiet(60, 'f').map((name) => [name, [`abcd-${name}`]])));
  const told: string[] = [];

  expect(await findStory(source, 'abcd-f-', (text) => told.push(text))).toMatchObject({ lookedThrough: 40 });
  expect(source.asked.filter(({ kind }) => kind === 'by-function')).toHaveLength(40);
  expect(told).toHaveLength(40);
});

test('a question that is refused is an error of whoever asked', async () => {
  const source = { ...scriptedAudit({}), ask: async () => ({ kind: 'invalid-query' as const, reason: 'too long' }) };

  await expect(findStory(source, 'a'.repeat(300))).rejects.toMatchObject({ code: 'usage' });
});
