import { expect, test } from '@jest/globals';
import type { AuditQuery } from '@lamplighter/contracts';
import { plain } from '../terminal/paint.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';
import { scriptedAudit } from '../testing/scripted-audit.ts';
import { filterOf } from './invocation-filter.ts';
import { type InvocationsAsked, showInvocations } from './show-invocations.ts';

const DAY_MS = 86_400_000;
/** The calls began in the milliseconds before it. */
const NOW = 5_000;
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `id-${at}`);

async function show(asked: Partial<InvocationsAsked>, count: number, isLocal = false) {
  const terminal = { ...recordedTerminal(), now: () => NOW };
  const audit = scriptedAudit({ orders: ids(count) });
  const source = isLocal ? { ...audit, isLocal: true as const } : audit;
  const shown = await showInvocations(source, { function: 'orders', ...asked }, terminal, { paint: plain, now: 0 });
  return { shown, ...terminal.written, asked: audit.asked, now: terminal.now() };
}

const limitsOf = (asked: readonly AuditQuery[]) =>
  asked.map((query) => query.kind === 'by-function' && [query.limit, query.withoutMessages]);
const idsIn = (json: string): string[] =>
  (JSON.parse(json) as { invocations: { requestId: string }[] }).invocations.map(({ requestId }) => requestId);

test('of a deployment the newest of the last day, in their order, without their messages, and told where it was cut', async () => {
  const { shown, asked, now, out, err } = await show({}, 1_200);

  expect(asked).toEqual([
    {
      ...{ kind: 'by-function', functionName: 'orders', since: now - DAY_MS, until: now },
      ...{ newestFirst: true, withoutMessages: true, limit: 1_000 },
    },
  ]);
  expect(shown).toBe(1_000);
  expect([out.indexOf('id-200 '), out.includes('id-199 ')]).toEqual([expect.any(Number), false]);
  expect(out.indexOf('id-200 ')).toBeLessThan(out.indexOf('id-1199 '));
  expect(err).toMatch(/there may be more before .*--until 1970-01-01T00:00:00\.200Z/);
});

test('from --since on, page by page, up to the limit', async () => {
  const { asked, shown, err } = await show({ since: '7d', limit: 1_500 }, 2_000);

  expect(limitsOf(asked)).toEqual([
    [1_000, true],
    [500, true],
  ]);
  expect(shown).toBe(1_500);
  expect(err).toMatch(/--since 1970-01-01T00:00:01\.499Z/);
});

test('as JSON with the messages, of which an answer holds fewer', async () => {
  const { asked, out, err } = await show({ since: '7d', limit: 250, json: true }, 300);

  expect(limitsOf(asked)).toEqual([
    [100, false],
    [100, false],
    [50, false],
  ]);
  expect(idsIn(out)).toEqual(ids(250));
  expect(err).toMatch(/--since 1970-01-01T00:00:00\.249Z/);
});

test('the newest as JSON are found without their messages, then read with them page by page, in their order, and told where they were cut', async () => {
  const { asked, out, err } = await show({ json: true }, 1_250);

  expect(limitsOf(asked)).toEqual([[1_000, true], ...Array.from({ length: 10 }, () => [100, false])]);
  expect(idsIn(out)).toEqual(ids(1_250).slice(250));
  expect(err).toMatch(/there may be more before .*--until 1970-01-01T00:00:00\.250Z/);
});

test('the newest as JSON are whole where they are few', async () => {
  const { out, err } = await show({ json: true }, 150);

  expect([idsIn(out), err]).toEqual([ids(150), '']);
});

test('what fits is whole, and nothing is said of more', async () => {
  expect(await show({ since: '7d' }, 999)).toMatchObject({ shown: 999, err: '' });
  expect(await show({}, 3)).toMatchObject({ shown: 3, err: '' });
  expect(await show({ json: true }, 0)).toMatchObject({ shown: 0, out: '' });
});

test('a replay is shown whole', async () => {
  expect(await show({}, 2_500, true)).toMatchObject({ shown: 2_500, err: '' });
});

test('more than one answer holds is asked for from a time on', async () => {
  await expect(show({ limit: 5_000 }, 3)).rejects.toMatchObject({ code: 'usage' });
});

test('those that are filtered out are counted, and none that is left is no absence', async () => {
  const slow = filterOf({ slowerThan: 500 })!;
  const quick = filterOf({ status: 'success' })!;
  const all = await show({ filter: slow }, 12);

  expect([all.shown, all.out]).toEqual([
    12,
    expect.stringMatching(/id-11 .*\n12 of 12 invocations took longer than 500 ms; 0 left out\n$/),
  ]);
  expect(await show({ filter: quick }, 12)).toMatchObject({
    ...{ shown: 12, out: '0 of 12 invocations succeeded; 12 left out\n' },
  });
  expect(JSON.parse((await show({ filter: quick, json: true }, 12)).out)).toEqual({ invocations: [], lookedAt: 12 });
  expect(await show({ filter: quick }, 0)).toMatchObject({ shown: 0, out: '' });
});
