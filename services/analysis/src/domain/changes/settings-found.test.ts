import { expect, test } from '@jest/globals';
import type { Fact } from '@lamplighter/diagnosis';
import { newsOf } from '../news/function-news.ts';
import { withSettingsFound } from './settings-found.ts';

const AT = Date.UTC(2026, 0, 15, 3);
const identity = { accountId: '123456789012', region: 'us-east-1', functionName: 'pay' };
const before = { modifiedAt: AT - 86_400_000, settings: { memorySize: '512', timeout: '30' } };
const now = { modifiedAt: AT, settings: { memorySize: '512', timeout: '3' } };
const set = (setting: string): Fact => ({ kind: 'configuration-change', id: setting, at: AT, setting, after: '3' });
const settingsIn = (facts: readonly Fact[]) =>
  facts.map((fact) => (fact.kind === 'configuration-change' ? [fact.setting, fact.before, fact.after] : [fact.kind]));

const news = newsOf(identity, { facts: [set('memorySize'), set('timeout'), set('reservedConcurrentExecutions')] });

test('of the settings that a call names those are told that became others, with what was before', () => {
  expect(settingsIn(withSettingsFound(news, before, now).facts)).toEqual([
    ['reservedConcurrentExecutions', undefined, '3'],
    ['timeout', '30', '3'],
  ]);
});

test('without two looks to compare they are told as they were named', () => {
  expect(withSettingsFound(news, undefined, now)).toBe(news);
  expect(withSettingsFound(news, before, undefined)).toBe(news);
});
