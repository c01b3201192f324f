import { describe, expect, test } from '@jest/globals';
import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { lambdaMemory } from './lambda-memory.ts';
import { lambdaTimeout } from './lambda-timeout.ts';
import { whatCallsReach } from './what-calls-reach.ts';

const SERVED = { memorySizeMb: 512, timeoutS: 6, fingerprint: 'released' };
const UNREAD = { memorySizeMb: 512, timeoutS: 6 };
const LIVE = { name: 'live', version: '7', weights: {}, served: SERVED };

const SETTINGS = aFunction({
  memorySizeMb: 512,
  timeoutS: 6,
  fingerprint: 'released',
  tracing: 'PassThrough',
  aliases: [LIVE],
  versions: ['7', '6'],
});

type Calls = Readonly<Record<string, number>>;

function contextOf(calls: Calls, settings: Partial<FunctionSettings> = {}, about?: string): RemedyContext {
  const byVersion = Object.entries(calls).map(([version, count]) => ({ version, calls: count, failures: 0 }));
  const traffic = { ...CALM, callsPerMinute: 60, maxMemoryUsedMb: 500, byVersion };
  const told = aFinding('out-of-memory-risk');
  const finding = about === undefined ? told : { ...told, resource: { ...told.resource, version: about } };
  return { finding, now: 0, traffic, function: { ...SETTINGS, ...settings } };
}

const reachedBy = (...given: Parameters<typeof contextOf>) => whatCallsReach(contextOf(...given), 'memorySizeMb');
const BETA = { ...LIVE, name: 'beta', version: '6' };

test.each<[string, Parameters<typeof contextOf>, string | undefined]>([
  ['calls say so', [{ $LATEST: 90 }], undefined],
  ['most calls say so', [{ $LATEST: 90, '7': 2 }], undefined],
  ['there is no alias and no call', [{}, { aliases: [] }], undefined],
  ['an alias points to it', [{}, { aliases: [{ name: 'live', version: '$LATEST', weights: {} }] }], undefined],
  ['calls say so, though another alias is there', [{ '6': 20, '7': 3 }, { aliases: [LIVE, BETA] }], 'beta'],
  ['nobody called and it is the only one', [{}], 'live'],
  ['the alias has moved on since most calls', [{ '6': 90, '7': 3 }], 'live'],
  ['the finding is about it', [{ '6': 20, '7': 3 }, { aliases: [LIVE, BETA] }, 'live'], 'live'],
  [
    'the finding is about one of two that point to it',
    [{ '7': 20 }, { aliases: [LIVE, { ...LIVE, name: 'beta' }] }, 'beta'],
    'beta',
  ],
  ['the finding is about its version', [{ '7': 20, '6': 3 }, { aliases: [LIVE, BETA] }, '6'], 'beta'],
])('a function is changed where its calls are: %s', (_, given, alias) => {
  const reached = reachedBy(...given);

  expect(reached?.alias?.name).toBe(alias);
  expect(reached).not.toHaveProperty('obstacle');
});

test.each<[string, Parameters<typeof contextOf>, RegExp]>([
  [
    '$LATEST holds other code',
    [{ '7': 9 }, { fingerprint: 'newer' }],
    /^\$LATEST holds code or settings .*live.*version 7/,
  ],
  ['$LATEST has another timeout', [{ '7': 9 }, { timeoutS: 9 }], /^\$LATEST holds code or settings/],
  [
    'a release is under way',
    [{ '7': 9 }, { aliases: [{ ...LIVE, weights: { '8': 0.1 } }] }],
    /live sends calls to 7 and 8/,
  ],
  [
    'nobody can say what $LATEST holds',
    [{ '7': 9 }, { fingerprint: undefined }],
    /^The variables of rooms cannot be read: .*live/,
  ],
  [
    'nobody can say what is served',
    [{ '7': 9 }, { aliases: [{ ...LIVE, served: UNREAD }] }],
    /^The variables of rooms cannot be read/,
  ],
  [
    'nobody can say which alias is called',
    [{ '7': 9 }, { aliases: [LIVE, { ...LIVE, name: 'beta' }] }],
    /^live and beta point to version 7/,
  ],
  [
    'nobody can say which alias would be, and the finding names the version',
    [{}, { aliases: [LIVE, { ...LIVE, name: 'beta' }] }, '7'],
    /^live and beta point to version 7/,
  ],
  ['nobody can be pointed elsewhere', [{ '5': 9 }], /version 5, which keeps its settings/],
])('nothing is released that was not asked for: %s', (_, given, reason) => {
  expect(reachedBy(...given)?.obstacle).toEqual({ reason: expect.stringMatching(reason), lift: expect.any(String) });
});

test('another memory in $LATEST is no obstacle to a change of memory', () => {
  expect(reachedBy({ '7': 9 }, { memorySizeMb: 1_024 })).not.toHaveProperty('obstacle');
});

test('what could not be read is not changed', () => {
  expect(reachedBy({ '7': 9 }, { aliases: [{ name: 'live', version: '7', weights: {} }] })).toBeUndefined();
});

describe('behind an alias', () => {
  test('memory is raised from what the version has, and the record says what undoing leaves', () => {
    const proposal = lambdaMemory.propose(contextOf({ '7': 90 }, { memorySizeMb: 256 }));

    expect(proposal).toMatchObject({
      change: {
        kind: 'lambda-release',
        functionName: 'rooms',
        alias: 'live',
        fingerprint: 'released',
        memorySizeMb: 768,
        from: { memorySizeMb: 512, timeoutS: 6 },
      },
      permissions: ['lambda:PublishVersion', 'lambda:GetAlias', 'lambda:UpdateAlias'],
      title: 'Set the memory of rooms:live from 512 to 768 MB',
      undo: expect.stringMatching(/^The memory is set back to 512 MB\. live points to version 7 again; .* stays/),
      patch: expect.stringContaining('memorySize: 768'),
    });
  });

  test('a timeout is raised from what the version has', () => {
    const served = { ...SERVED, timeoutS: 10 };
    const proposal = lambdaTimeout.propose(contextOf({ '7': 90 }, { aliases: [{ ...LIVE, served }] }));

    expect(proposal).toMatchObject({
      change: { kind: 'lambda-release', alias: 'live', timeoutS: 15 },
      title: 'Set the timeout of rooms:live from 10 to 15 s',
    });
  });

  test('what $LATEST alone serves is changed as before, by no other action', () => {
    const proposal = lambdaMemory.propose(contextOf({ $LATEST: 90 }));

    expect(proposal?.change).toEqual({ kind: 'lambda-configuration', functionName: 'rooms', memorySizeMb: 768 });
    expect(proposal).not.toHaveProperty('permissions');
    expect(proposal?.undo).toBe('The memory is set back to 512 MB.');
  });
});
