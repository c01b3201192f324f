import { expect, test } from '@jest/globals';
import { readLogGroups } from './log-group-option.ts';

test('a name is for every file, a path with a name for what lies at or below it, the longest path first', () => {
  const logGroupOf = readLogGroups(
    ['/aws/lambda/other', 'logs=/aws/lambda/logs', 'logs/deep/a.json=/aws/lambda/a'],
    '/work',
  );

  expect(
    ['/work/x.json', '/work/logs/b.json', '/work/logs/deep/a.json', '/work/logs-2/b.json'].map(logGroupOf),
  ).toEqual(['/aws/lambda/other', '/aws/lambda/logs', '/aws/lambda/a', '/aws/lambda/other']);
});

test('without any, no file has one', () => {
  expect(readLogGroups([], '/work')('/work/x.json')).toBeUndefined();
});

test.each(['', 'has space', 'x=', 'a:b'])('%j is refused as a name', (value) => {
  expect(() => readLogGroups([value], '/work')).toThrow(expect.objectContaining({ code: 'usage' }));
});
