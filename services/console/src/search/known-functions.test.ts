import { expect, test } from '@jest/globals';
import type { AuditQuery } from '@lamplighter/contracts';
import { answered, NOW } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { knownFunctions } from './known-functions.ts';

const failed = { kind: 'failed', reason: 'TooManyRequestsException' } as const;

/** Pages of one name each, without end; `before` says what a page meets first, and takes the page's place where it answers. */
const endless =
  (before: (page: number) => typeof failed | undefined = () => undefined): Services['audit'] =>
  async (query: AuditQuery) => {
    const page = query.kind === 'functions' ? Number(query.cursor ?? 0) : 0;
    const name = `f-${page}`;
    const one = { functionName: name, accountId: '1', region: 'eu-west-1', logGroup: `/aws/lambda/${name}` };
    return before(page) ?? answered({ kind: 'functions' as const, functions: [one], cursor: String(page + 1) });
  };
const stopped = () => NOW;
const namesOf = async (audit: Services['audit'], now = stopped) => {
  const { functions, hasMore } = await knownFunctions({ audit }, now);
  return { names: functions.map(({ functionName }) => functionName), hasMore };
};

test('ten pages are asked for, and that there are others is told', async () => {
  const { names, hasMore } = await namesOf(endless());
  expect([names.length, hasMore]).toEqual([10, true]);
});

test('after a page that was not told there are others', async () => {
  const audit = endless((page) => (page === 1 ? failed : undefined));
  expect(await namesOf(audit)).toEqual({ names: ['f-0'], hasMore: true });
});

test('also where it is the first', async () => {
  expect(await namesOf(async () => failed)).toEqual({ names: [], hasMore: true });
});

test('where nothing is deployed there are none', async () => {
  expect(await namesOf(async () => ({ kind: 'not-deployed' }))).toEqual({ names: [], hasMore: false });
});

test('pages that take too long are left, and those that came are told', async () => {
  const clock = { now: NOW };
  const slow = endless(() => {
    clock.now += 4_000;
    return undefined;
  });
  expect(await namesOf(slow, () => clock.now)).toEqual({ names: ['f-0', 'f-1'], hasMore: true });
});
