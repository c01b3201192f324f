import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { post } from './http-outcome.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
let fakes: FakeChannels;
beforeAll(async () => {
  fakes = await FakeChannels.start({ now: () => NOW });
});
afterAll(() => fakes?.stop());

test.each([
  ['7', { afterMs: 7_000 }],
  ['Thu, 15 Jan 2026 12:05:00 GMT', { afterMs: 300_000 }],
  ['when the moon is full', {}],
  [undefined, {}],
])('being told to wait, as %j, is no failure but a time', async (header, told) => {
  fakes.trouble = () => ({ status: 429, headers: header === undefined ? {} : { 'retry-after': header } });

  const outcome = await post(`${fakes.url}/hook`, '{}', {}, { now: () => NOW });

  expect(outcome).toEqual({ kind: 'later', reason: 'answered with 429', isLimited: true, ...told });
});

test('a redirect is refused, and says what to do', async () => {
  fakes.trouble = () => ({ status: 308, headers: { location: `${fakes.url}/elsewhere` } });

  expect(await post(`${fakes.url}/hook`, '{}', {})).toEqual({
    kind: 'never',
    reason: 'answered with 308: redirects are not followed: name the new address',
  });
  expect(fakes.received.filter(({ method }) => method === 'elsewhere')).toEqual([]);
});
