import { expect, test } from '@jest/globals';
import { changesBetween, type Released } from './released.ts';

const identity = { accountId: '123456789012', region: 'us-east-1', functionName: 'pay' };
const AT = Date.UTC(2026, 0, 15, 3);
const before: Released = { modifiedAt: AT - 86_400_000, codeSha256: 'h1', settings: { memorySize: '512' } };
const told = (one: Released | undefined, now: Released | undefined) =>
  changesBetween(identity, one, now).map(({ kind, at, settings }) => ({ kind, at, ...(settings && { settings }) }));

test('another hash is other code, at the time that the function was modified', () => {
  expect(told(before, { ...before, modifiedAt: AT, codeSha256: 'h2' })).toEqual([
    { kind: 'code', at: AT, settings: [] },
  ]);
});

test('settings that are others are told by their names and values, those that came or went as well', () => {
  const now = { ...before, modifiedAt: AT, settings: { memorySize: '256', layers: 'a' } };
  expect(told(before, now)).toEqual([
    {
      ...{ kind: 'configuration', at: AT },
      settings: [
        { name: 'memorySize', before: '512', after: '256' },
        { name: 'layers', before: 'none', after: 'a' },
      ],
    },
  ]);
});

test('modified with the same code and settings, the configuration changed, though none that is compared', () => {
  expect(told(before, { ...before, modifiedAt: AT })).toEqual([{ kind: 'configuration', at: AT, settings: [] }]);
});

test('a setting that was changed in the moment of the code, and after it was looked at, is told', () => {
  const now = { ...before, settings: { memorySize: '256' } };
  expect(told(before, now)).toEqual([
    { kind: 'configuration', at: before.modifiedAt, settings: [{ name: 'memorySize', before: '512', after: '256' }] },
  ]);
});

test('what was there before anybody looked is of unknown kind; what could not be asked, or is the same, is no change', () => {
  expect(told(undefined, before)).toEqual([{ kind: 'unknown', at: before.modifiedAt }]);
  expect(told(before, undefined)).toEqual([]);
  expect(told(before, { ...before })).toEqual([]);
});

test('a long value is compared whole, though only its beginning is told; one that was kept in part is the same', () => {
  const layers = (version: number) =>
    `${'arn:aws:lambda:us-east-1:123456789012:layer:tracing:4, '.repeat(4)}metrics:${version}`;
  const of = (text: string) => ({ ...before, settings: { layers: text } });
  const now = { ...of(layers(8)), modifiedAt: AT };
  const beginning = layers(8).slice(0, 200);

  expect(told(of(layers(7)), now)).toEqual([
    { kind: 'configuration', at: AT, settings: [{ name: 'layers', before: beginning, after: beginning }] },
  ]);
  expect(told(of(beginning), now)).toEqual([{ kind: 'configuration', at: AT, settings: [] }]);
});
