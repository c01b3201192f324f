import { expect, test } from '@jest/globals';
import { invoke } from '../testing/invoke.ts';
import { startLoneLambda } from '../testing/lone-lambda.ts';

test('a function reads the sandbox’s clock in every way that JavaScript has, and follows it between invocations', async () => {
  const lambda = await startLoneLambda();
  await lambda.deploy(
    'clock',
    `class Later extends Date {}
    export const handler = async () => {
      const year = (date) => date.getUTCFullYear();
      return {
        years: [year(new Date()), year(new Date(Date.now())), year(new Later()), year(new (new Date().constructor)()), new Date(Date()).getUTCFullYear()],
        fixed: [new Date(0).toISOString(), Date.UTC(1970, 0, 1), new Date(2001, 1, 3).getDate(), Date.parse('1970-01-01T00:00:01Z')],
        kinds: [new Date() instanceof Date, new Later() instanceof Later, Object.prototype.toString.call(new Date()), Date.name],
      };
    };`,
  );
  const expected = (year: number) => ({
    years: Array(5).fill(year),
    fixed: ['1970-01-01T00:00:00.000Z', 0, 3, 1_000],
    kinds: [true, true, '[object Date]', 'Date'],
  });
  expect((await invoke(lambda, 'clock')).answer).toEqual(expected(2026));

  await lambda.clock.advance(400 * 86_400_000);

  const warm = await invoke(lambda, 'clock');
  expect(warm.answer).toEqual(expected(2027));
  expect(warm.tail).not.toContain('INIT_START');
  await lambda.stop();
});
