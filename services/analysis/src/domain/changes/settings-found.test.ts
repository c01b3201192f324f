import { expect, test } from '@jest/globals';
import { type Fact, newFunctionState } from '@lamplighter/diagnosis';
import { newsOf } from '../news/function-news.ts';
import { withSettingsFound } from './settings-found.ts';

const AT = Date.UTC(2026, 0, 15, 3);
const identity = { accountId: '123456789012', region: 'us-east-1', functionName: 'pay' };
const state = newFunctionState();
const settings = { memorySize: '512', timeout: '30' };
const before = { contextAt: AT - 3_600_000, released: { modifiedAt: AT - 86_400_000, codeSha256: 'h1', settings } };
const look = (timeout: string, more: { modifiedAt?: number; codeSha256?: string } = {}) => ({
  contextAt: AT + 60_000,
  released: { modifiedAt: AT, codeSha256: 'h1', ...more, settings: { memorySize: '512', timeout } },
});
const now = look('3');

const set = (setting: string, after = '3', at = AT): Fact => ({
  ...{ kind: 'configuration-change', id: `${setting}/${at}` },
  ...{ at, setting, after },
});
const newsWith = (...facts: Fact[]) => newsOf(identity, { facts });
const named = newsWith(set('memorySize', '512'), set('timeout'), set('reservedConcurrentExecutions'));

const told = (news: ReturnType<typeof newsWith>, looks: Partial<Parameters<typeof withSettingsFound>[1]>) =>
  withSettingsFound(news, { before, now, state, ...looks }).news.facts.map((fact) =>
    fact.kind === 'configuration-change' ? [fact.setting, fact.before, fact.after, fact.at - AT] : [fact.kind],
  );

test('of the settings that a call names those are told that became others, with what was before', () => {
  expect(told(named, {})).toEqual([
    ['reservedConcurrentExecutions', undefined, '3', 0],
    ['timeout', '30', '3', 0],
  ]);
});

test('without two looks to compare they are told as they were named, as where the function could not be read anew', () => {
  for (const looks of [{ before: undefined }, { now: { contextAt: AT } }, { now: { ...before, contextAt: AT } }])
    expect(withSettingsFound(named, { before, now, state, ...looks }).news).toBe(named);
});

test('a setting has the time of the call that made it what it is, whatever was modified since', () => {
  const later = look('3', { modifiedAt: AT + 30_000, codeSha256: 'h2' });
  const calls = newsWith(
    set('timeout', '3', AT + 20_000),
    set('timeout', '3', AT - 60_000),
    set('timeout', '9', AT - 90_000),
  );
  expect(told(calls, { now: later })).toEqual([['timeout', '30', '3', -60_000]]);
});

test('what no call tells is as old as the last modification, unless the code is another too', () => {
  expect(told(newsWith(), {})).toEqual([['timeout', '30', '3', 0]]);
  expect(told(newsWith(set('timeout', '9', AT - 60_000)), {})).toEqual([['timeout', '30', '3', 0]]);
  expect(told(newsWith(), { now: look('3', { codeSha256: 'h2' }) })).toEqual([]);
});

test('a call that comes after the look that could not tell its time is told with what was before', () => {
  const { now: looked } = withSettingsFound(newsWith(), { before, now: look('3', { codeSha256: 'h2' }), state });
  const again = { ...look('3', { codeSha256: 'h2' }), contextAt: AT + 90_000 };
  const calls = newsWith(set('timeout', '3', AT - 5_000), set('memorySize', '512', AT - 5_000));
  expect(told(calls, { before: looked, now: again })).toEqual([['timeout', '30', '3', -5_000]]);
  expect(told(newsWith(set('timeout', '3', AT + 70_000)), { before: looked, now: again })).toEqual([]);
});

test('what was set at $LATEST is not told of calls that all reach a version from before', () => {
  const serving = (version: string, firstAt: number) => {
    const record = { version, firstAt, lastAt: AT, calls: 9, failures: 0, durations: [] };
    return { state: { ...state, head: { ...state.head, versions: [record] } } };
  };
  expect(told(newsWith(), serving('7', AT - 86_400_000))).toEqual([]);
  expect(told(newsWith(), serving('8', AT))).toHaveLength(1);
  expect(told(newsWith(), serving('$LATEST of 2026-01-14T03:05Z', AT - 86_400_000))).toHaveLength(1);
});
