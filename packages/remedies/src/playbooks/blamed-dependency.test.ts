import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { planRemedies } from '../planning/plan-remedies.ts';
import type { RemedyContext, Traffic } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';

/** A function with a database, in which some statement reads a whole table, and a table of DynamoDB. */
function contextOf(kind: Finding['class'], ...causes: readonly Pick<Finding['causes'][number], 'kind' | 'name'>[]) {
  const context: RemedyContext = {
    finding: aFinding(kind, { causes: causes.map((cause) => ({ ...cause, evidence: [] })) }),
    now: 0,
    traffic: CALM,
    function: aFunction({ functionName: 'hotel-pay', timeoutS: 29 }),
    cluster: {
      clusterId: 'c',
      clusterArn: 'arn:aws:rds:us-east-1:1:cluster:c',
      secretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:s',
      database: 'd',
      minAcu: 0,
      maxAcu: 4,
      sequentialScan: { table: 'payment', columns: ['card_token'], statement: 'select' },
    },
    table: { tableName: 't', isOnDemand: false, readUnits: 5, writeUnits: 5 },
  };
  return context;
}

const planned = (context: RemedyContext): string[] => planRemedies(context, []).map(({ playbook }) => playbook.name);
const dependency = (name: string) => ({ kind: 'dependency' as const, name });

test.each<[string, RemedyContext, string[]]>([
  [
    'the database by a statement',
    contextOf('dependency-slow', dependency('aurora: payments of card')),
    ['missing-index', 'aurora-capacity'],
  ],
  [
    'the database by its name in traces',
    contextOf('slow-down', dependency('bookings-db')),
    ['missing-index', 'aurora-capacity'],
  ],
  ['a table', contextOf('dependency-slow', dependency('dynamodb: key of subject')), ['dynamodb-capacity']],
  [
    'a table that refuses calls',
    contextOf('connection-pressure', dependency('dynamodb: key of subject'), dependency('throttled service')),
    ['dynamodb-capacity', 'reserved-concurrency'],
  ],
  [
    'the code, which keeps its transactions open',
    contextOf('connection-pressure', dependency('aurora: idle in transaction')),
    [],
  ],
  [
    'a statement in transactions that are kept open as well',
    contextOf('connection-pressure', dependency('aurora: idle in transaction'), dependency('aurora: payments of card')),
    ['missing-index', 'reserved-concurrency', 'aurora-capacity'],
  ],
  ['a payment provider', contextOf('dependency-slow', dependency('payment: authorise')), []],
  ['nobody', contextOf('slow-down'), ['missing-index', 'fresh-environments']],
  ['a deploy', contextOf('slow-down', { kind: 'deploy', name: 'version 7' }), ['missing-index']],
])('where a finding blames %s, only what stands there is changed', (_, context, names) => {
  expect(planned(context)).toEqual(names);
});

test('a provisioned cluster has no range of capacity that could be raised', () => {
  const context = contextOf('dependency-slow', dependency('bookings-db'));
  const { minAcu: _, maxAcu: __, ...provisioned } = context.cluster!;

  expect(planned({ ...context, cluster: provisioned })).toEqual(['missing-index']);
});

test('what nobody traces may be waiting for its database', () => {
  const context = contextOf('slow-down');

  expect(planned({ ...context, function: { ...context.function!, tracing: 'PassThrough' } })).toEqual([
    'missing-index',
    'aurora-capacity',
    'tracing-up',
  ]);
});

test.each<[string, { version: string; traffic?: NonNullable<Traffic['byVersion']> }, boolean]>([
  ['goes through an alias to a version', { version: '7' }, false],
  ['goes to a version', { version: '7', traffic: [{ version: '7', calls: 90, failures: 0 }] }, false],
  [
    'goes to a version in part',
    {
      version: '7',
      traffic: [
        { version: '$LATEST', calls: 90, failures: 0 },
        { version: '7', calls: 9, failures: 0 },
      ],
    },
    false,
  ],
  ['passes an alias by', { version: '7', traffic: [{ version: '$LATEST', calls: 90, failures: 0 }] }, true],
  ['goes through an alias to the newest code', { version: '$LATEST' }, true],
])('a version keeps its configuration: fresh environments where traffic %s', (_, { version, traffic }, expected) => {
  const context = contextOf('slow-down');
  const aliased = { ...context.function!, aliases: [{ name: 'live', version, weights: {} }] };
  const served = traffic === undefined ? CALM : { ...CALM, byVersion: traffic };

  expect(planned({ ...context, function: aliased, traffic: served }).includes('fresh-environments')).toBe(expected);
});

test('that nothing explains a slow-down may be for want of traces: a person is asked about fresh environments', () => {
  const found = planRemedies(contextOf('slow-down'), []).find(({ playbook }) => playbook.name === 'fresh-environments');

  expect(found?.playbook.alwaysAsks).toBe(true);
});

test.each([
  ['within minutes', [21, 21, 21, 30, 48, 66], { reason: expect.stringContaining('in some 3 minutes') }],
  ['for half an hour', Array.from({ length: 40 }, (_, at) => 21 + Math.max(0, at - 10)), undefined],
  ['at once', [21, 21, 21, 66, 66], undefined],
])('fresh environments for what became slow %s', (_, values, obstacle) => {
  const context = contextOf('slow-down');
  const evidence = [{ text: '', metric: 'duration p50', before: 21, after: 66, unit: 'ms' }];
  const byMinute = values.map((p50Ms, at) => ({ start: at * 60_000, calls: 20, p50Ms }));
  const found = planRemedies({ ...context, finding: { ...context.finding, evidence }, byMinute }, []);

  const proposal = found.find(({ playbook }) => playbook.name === 'fresh-environments')?.proposal;
  if (obstacle === undefined) expect(proposal?.obstacle).toBeUndefined();
  else expect(proposal?.obstacle).toMatchObject(obstacle);
  expect(proposal?.reason).toContain(values.length === 5 ? 'by itself' : 'as slow again');
});

test.each([
  [29, 30],
  [900, 899],
])('fresh environments take a second of timeout, within what Lambda allows: %d -> %d', (timeoutS, expected) => {
  const context = contextOf('slow-down');
  const { cluster: _, ...alone } = { ...context, function: { ...context.function!, timeoutS } };

  expect(planRemedies(alone, [])[0]?.proposal.change).toEqual({
    kind: 'lambda-configuration',
    functionName: 'hotel-pay',
    timeoutS: expected,
  });
});

test.each<[string, NonNullable<Traffic['byVersion']>, string]>([
  ['nothing is known of who served', [], '8'],
  [
    'the number before was taken back because it was bad',
    [
      { version: '7', calls: 500, failures: 2 },
      { version: '8', calls: 40, failures: 16 },
    ],
    '7',
  ],
  [
    'the number before did well',
    [
      { version: '$LATEST', calls: 900, failures: 0 },
      { version: '8', calls: 500, failures: 0 },
      { version: '6', calls: 90, failures: 0 },
    ],
    '8',
  ],
  [
    'one failure in ten thousand calls is no worse than none in one',
    [
      { version: '8', calls: 10_000, failures: 1 },
      { version: '6', calls: 1, failures: 0 },
    ],
    '8',
  ],
  [
    'a version that was hardly called is not proven by that',
    [
      { version: '8', calls: 1, failures: 0 },
      { version: '7', calls: 10_000, failures: 1 },
    ],
    '7',
  ],
  [
    'the one that was called most was bad for most of the hour',
    [
      { version: '8', calls: 9_000, failures: 3_600 },
      { version: '7', calls: 15, failures: 0 },
    ],
    '7',
  ],
])('an alias goes back to a version that served well: %s', (_, byVersion, version) => {
  const context = contextOf('bad-deploy', { kind: 'deploy', name: 'version 9' });
  const aliases = [{ name: 'live', version: '9', weights: {} }];
  const released = { ...context.function!, aliases, versions: ['9', '8', '7', '6'] };

  const [best] = planRemedies({ ...context, function: released, normal: { ...CALM, byVersion } }, []);

  expect(best?.proposal.change).toMatchObject({
    kind: 'lambda-alias',
    alias: 'live',
    version,
    from: { version: '9', weights: {} },
  });
});

test('a statement that is too long for a reason ends where it says that there is more', () => {
  const context = contextOf('dependency-slow', dependency('aurora: payments of card'));
  const statement = `select ${'payment.card_token, '.repeat(20)}1 from payment`;
  const sequentialScan = { table: 'payment', columns: ['card_token'], statement };
  const [remedy] = planRemedies({ ...context, cluster: { ...context.cluster!, sequentialScan } }, []);

  expect(remedy?.proposal.reason).toMatch(/^This statement reads the whole of payment: select .{192}…$/);
});
