import { expect, test } from '@jest/globals';
import { untilActive } from './until-active.ts';

function changing(looks: number) {
  const waits: number[] = [];
  const describe = async () => ({ status: waits.length < looks ? 'UPDATING' : 'ACTIVE', value: waits.length });
  return { waits, look: () => untilActive('guests', describe, async (ms) => void waits.push(ms)) };
}

test('what is being changed is waited for', async () => {
  const { waits, look } = changing(3);

  expect(await look()).toBe(3);
  expect(waits).toHaveLength(3);
});

test('what takes longer than the function has is left to the next try of its step', async () => {
  const { waits, look } = changing(1_000);

  await expect(look()).rejects.toMatchObject({
    code: 'RESOURCE_CHANGING',
    message: 'guests is UPDATING; the step comes again.',
  });
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
});
