import { expect, test } from '@jest/globals';
import type { FunctionChange } from '@lamplighter/contracts';
import { joinedChanges } from './joined-changes.ts';

const AT = Date.UTC(2026, 0, 15, 3);
const change = (told: Partial<FunctionChange>): FunctionChange => ({
  ...{ changeId: 'c', accountId: '123456789012', region: 'us-east-1', functionName: 'pay', at: AT },
  ...{ source: 'cloudtrail', kind: 'code', version: '$LATEST' },
  ...told,
});
const size = (before: string, after: string) => [{ name: 'memorySize', before, after }];
const named = [
  { name: 'memorySize', after: '512' },
  { name: 'timeout', after: '6' },
];

test('a call that names all that it sets is told by what became another, and by who made it', () => {
  const call = change({ kind: 'configuration', settings: named, by: 'deployer/anna' });
  const own = change({
    ...{ changeId: 'lambda/configuration/1', at: AT + 9_000, source: 'lambda', kind: 'configuration' },
    settings: size('1024', '512'),
  });

  expect(joinedChanges([call, own])).toEqual([{ ...call, settings: size('1024', '512') }]);
});

test('of code and configuration that were changed minutes apart, the last time that the function tells makes no third change', () => {
  const code = change({ changeId: 'a', codeSha256: 'h2' });
  const configuration = change({ changeId: 'b', at: AT + 240_000, kind: 'configuration', settings: named });
  const own = change({ changeId: 'l', at: AT + 240_000, source: 'lambda', codeSha256: 'h2' });

  expect(joinedChanges([own, configuration, code]).map(({ changeId }) => changeId)).toEqual(['a', 'b']);
});

test('what no call tells is told by the function; of another region it is another change', () => {
  const own = change({ changeId: 'l', source: 'lambda', codeSha256: 'h2' });
  const call = change({ changeId: 'a', region: 'eu-west-1', codeSha256: 'h2' });

  expect(joinedChanges([own])).toEqual([own]);
  expect(joinedChanges([own, call])).toHaveLength(2);
});

test('a memory size that calls show is told where nobody told that it was changed', () => {
  const seen = change({
    ...{ changeId: 's', at: AT + 600_000, source: 'logs', kind: 'configuration' },
    settings: size('1024', '512'),
  });
  const set = change({ kind: 'configuration', settings: named });

  expect(joinedChanges([seen])).toEqual([seen]);
  expect(joinedChanges([seen, set])).toEqual([set]);
  expect(joinedChanges([seen, { ...set, at: AT - 7_200_000 }])).toHaveLength(2);
});

test('what was there when a function is learnt anew is no second change', () => {
  const own = change({ changeId: 'lambda/code/1', source: 'lambda' });
  const anew = change({ changeId: 'lambda/unknown/1', source: 'lambda', kind: 'unknown' });

  expect(joinedChanges([anew, own])).toEqual([own]);
});
