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

const own = (told: Partial<FunctionChange>): FunctionChange =>
  change({ source: 'lambda', kind: 'configuration', ...told });
const call = (by: string, told: Partial<FunctionChange>): FunctionChange =>
  change({ changeId: by, kind: 'configuration', by, ...told });
const toldBy = (changes: readonly FunctionChange[]) =>
  joinedChanges(changes).map(({ by = 'nobody', settings }) => [by, settings]);
const timeout = (before: string, after: string) => ({ name: 'timeout', before, after });

test('of two calls a minute apart each is told by its own differences, whether or not the function was looked at in between', () => {
  const anna = call('anna', { settings: [{ name: 'memorySize', after: '512' }] });
  const bob = call('bob', { at: AT + 60_000, settings: [{ name: 'memorySize', after: '256' }] });
  const [first, second, both] = [
    own({ changeId: 'l1', at: AT + 900, settings: size('1024', '512') }),
    own({ changeId: 'l2', at: AT + 60_900, settings: size('512', '256') }),
    own({ changeId: 'l2', at: AT + 60_900, settings: size('1024', '256') }),
  ];
  const expected = [
    ['anna', size('1024', '512')],
    ['bob', size('512', '256')],
  ];
  expect(toldBy([anna, bob, first, second])).toEqual(expected);
  expect(toldBy([anna, bob, both])).toEqual(expected);
});

test('of two calls that name all settings each is told by the one that it changed', () => {
  const all = (seconds: string, mb: string) => [
    { name: 'timeout', after: seconds },
    { name: 'memorySize', after: mb },
  ];
  const anna = call('anna', { settings: all('30', '1024') });
  const bob = call('bob', { at: AT + 60_000, settings: all('30', '512') });
  const looks = [
    own({ changeId: 'l1', settings: [timeout('3', '30')] }),
    own({ changeId: 'l2', at: AT + 60_000, settings: size('1024', '512') }),
  ];
  const once = own({ changeId: 'l2', at: AT + 60_000, settings: [timeout('3', '30'), ...size('1024', '512')] });
  for (const told of [looks, [once]])
    expect(toldBy([anna, bob, ...told])).toEqual([
      ['anna', [timeout('3', '30')]],
      ['bob', size('1024', '512')],
    ]);
});

test('what is set there and back between two looks is told by each call', () => {
  const anna = call('anna', { settings: [{ name: 'memorySize', after: '512' }] });
  const bob = call('bob', { at: AT + 60_000, settings: [{ name: 'memorySize', after: '1024' }] });
  expect(toldBy([anna, bob, own({ changeId: 'l', at: AT + 60_000, settings: [] })])).toEqual([
    ['anna', size('1024', '512')],
    ['bob', size('512', '1024')],
  ]);
});

test('reserved concurrency, which is not of $LATEST, hides nothing that the function tells; another call only what it tells', () => {
  const reserved = call('anna', { settings: [{ name: 'reservedConcurrentExecutions', after: '5' }] });
  const { version: _none, ...concurrency } = reserved;
  const seen = own({ changeId: 'l', settings: [timeout('3', '30'), ...size('1024', '512')] });
  expect(joinedChanges([concurrency, seen])).toEqual([concurrency, seen]);
  expect(toldBy([call('bob', { settings: [{ name: 'memorySize', after: '512' }] }), seen])).toEqual([
    ['bob', size('1024', '512')],
    ['nobody', [timeout('3', '30')]],
  ]);
});

test.each([
  ['the configuration', own({ changeId: 'l', at: AT + 900, settings: [] })],
  ['other code', own({ changeId: 'l', at: AT + 900, kind: 'code', codeSha256: 'h2', settings: [] })],
])('where %s has no other setting, a call that names all changed none, or one that is not compared', (_what, look) => {
  const anna = call('anna', { settings: named });
  const code = change({ changeId: 'a', codeSha256: 'h2', by: 'code' });
  expect(toldBy([anna, code, look])).toEqual([
    ['code', undefined],
    ['anna', []],
  ]);
  const snapStart = { name: 'snapStart', after: '{"applyOn":"PublishedVersions"}' };
  expect(toldBy([call('anna', { settings: [...named, snapStart] }), code, look])).toContainEqual(['anna', [snapStart]]);
});

test('a value that differs behind what is kept of it is told of the first call that sets it', () => {
  const layers = { name: 'layers', after: 'a'.repeat(200) };
  const anna = call('anna', { settings: [layers] });
  const bob = call('bob', { at: AT + 60_000, settings: [layers] });
  const difference = [{ ...layers, before: layers.after }];
  expect(toldBy([anna, bob, own({ changeId: 'l', at: AT + 60_000, settings: difference })])).toEqual([
    ['anna', difference],
    ['bob', []],
  ]);
});

test('an object is one change, though a call and the function write it in other ways', () => {
  const vpc = (after: string) => [{ name: 'vpcConfig', before: '{"subnetIds":["a"],"securityGroupIds":["s"]}', after }];
  const asked = '{"securityGroupIds":[],"subnetIds":[]}';
  const anna = call('anna', { settings: [{ name: 'vpcConfig', after: asked }] });
  expect(toldBy([anna, own({ changeId: 'l', settings: vpc('none') })])).toEqual([['anna', vpc(asked)]]);
});
