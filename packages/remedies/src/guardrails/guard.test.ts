import { describe, expect, test } from '@jest/globals';
import { resourceKeyOf } from '../resource-key.ts';
import { guard } from './guard.ts';
import type { GuardRequest, GuardState } from './guard-request.ts';
import { GuardrailConfig } from './guardrail-config.ts';
import { isForNow } from './passing-refusal.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const MINUTE_MS = 60_000;

const request = (rest: Partial<GuardRequest> = {}): GuardRequest => ({
  remediationId: 'lambda-memory-1',
  playbook: 'lambda-memory',
  risk: 'low',
  change: { kind: 'lambda-configuration', functionName: 'hotel-pay', memorySizeMb: 512 },
  resourceName: 'hotel-pay',
  resourceTags: {},
  stage: 'prod',
  costPerHourUsd: 0.1,
  costPerMonthUsd: 5,
  isAlwaysAsked: false,
  approvalsNeeded: 1,
  ...rest,
});

const state = (rest: Partial<GuardState> = {}): GuardState => ({
  now: NOON,
  isKilled: false,
  inChange: [],
  recent: [],
  spentPerHourUsd: 0,
  costs: [],
  ...rest,
});

const config = (rest: object = {}): GuardrailConfig =>
  GuardrailConfig.parse({ mode: 'automatic', allow: [{ playbooks: ['*'] }], ...rest });

const railsOf = (...args: Parameters<typeof guard>): string[] => {
  const decision = guard(...args);
  return decision.kind === 'refused' ? decision.refusals.map(({ rail }) => rail) : [];
};

test('a new install only says what it would do', () => {
  const fresh = GuardrailConfig.parse({ allow: [{ playbooks: ['*'] }] });

  expect(guard(request(), state(), fresh)).toEqual({ kind: 'allowed', mode: 'dry-run' });
});

test('without an entry in the allow-list nothing is done', () => {
  expect(railsOf(request(), state(), GuardrailConfig.parse({}))).toEqual(['allow-list']);
});

test('what cannot be done as things stand is refused with what would let it', () => {
  const obstacle = { reason: '$LATEST holds code that is not released.', lift: 'Release it.' };
  const decision = guard(request({ obstacle }), state(), config());

  expect(decision).toEqual({ kind: 'refused', refusals: [{ rail: 'obstacle', ...obstacle }] });
});

const key = resourceKeyOf(request().change);
const DEAR = { at: NOON, costPerHourUsd: 40 / 730, costPerMonthUsd: 40 };
const change = (minutesAgo: number, rest: object = {}) => ({
  resourceKey: 'lambda/other',
  at: NOON - minutesAgo * MINUTE_MS,
  wasUndone: false,
  ...rest,
});

describe('each rail refuses by itself', () => {
  const freeze = {
    kind: 'weekly',
    weekdays: [5],
    from: '09:00',
    until: '17:00',
    zone: 'Europe/Berlin',
    why: 'Black Friday',
  };

  test.each<[string, Partial<GuardRequest>, Partial<GuardState>, object]>([
    ['kill-switch', {}, { isKilled: true }, {}],
    ['never-touch', { resourceName: 'lamplighter-ingestion-prod-ingest-direct' }, {}, {}],
    ['never-touch', { resourceName: 'billing-run' }, {}, { neverTouch: ['billing-'] }],
    ['never-touch', { resourceName: 'a1b2c3', otherNames: ['rooms', 'billing-api'] }, {}, { neverTouch: ['billing-'] }],
    ['never-touch', { resourceName: 'a1b2c3', otherNames: ['lamplighter-console-prod-query'] }, {}, {}],
    ['elsewhere', { elsewhere: 'account 999999999999 in us-east-1' }, {}, {}],
    ['allow-list', {}, {}, { allow: [{ playbooks: ['*'], stages: ['dev'] }] }],
    ['allow-list', {}, {}, { allow: [{ playbooks: ['*'], tags: { lamplighter: 'repair' } }] }],
    ['freeze', {}, {}, { freezes: [freeze] }],
    ['rollbacks', {}, { recent: [1, 2, 3].map((at) => change(at * 100, { wasUndone: true })) }, {}],
    ['cool-down', {}, { recent: [change(10, { resourceKey: key })] }, { coolDownMinutes: 240 }],
    ['budget', { costPerHourUsd: 0.5 }, { spentPerHourUsd: 0.6 }, {}],
    ['budget', { costPerMonthUsd: 20 }, { costs: [DEAR] }, {}],
  ])('%s', (rail, ofRequest, ofState, ofConfig) => {
    expect(railsOf(request(ofRequest), state(ofState), config(ofConfig))).toEqual([rail]);
  });
});

describe('of many at once', () => {
  const three = ['a', 'b', 'c'].map((id) => ({ remediationId: id, resourceKey: `lambda/${id}` }));
  const six = Array.from({ length: 6 }, (_, at) => change(at * 5));

  test.each<[string, Partial<GuardState>]>([
    ['3 may', { inChange: three }],
    ['6 may', { recent: six }],
  ])('those that exceed the blast radius wait for their turn: %s', (reason, ofState) => {
    expect(guard(request(), state(ofState), config())).toMatchObject({
      kind: 'wait',
      reason: expect.stringContaining(reason),
    });
  });

  test('who would be refused anyhow does not wait', () => {
    expect(railsOf(request(), state({ inChange: three, isKilled: true }), config())).toEqual([
      'kill-switch',
      'blast-radius',
    ]);
  });
});

test('a refusal says what would lift it', () => {
  const decision = guard(request(), state({ isKilled: true }), config());

  expect(decision).toEqual({
    kind: 'refused',
    refusals: [{ rail: 'kill-switch', reason: 'The kill switch is on.', lift: 'Set the kill switch to off.' }],
  });
});

test('what is paid once counts, though it saves more than that', () => {
  const saving = { costPerHourUsd: -1, costPerMonthUsd: 20 - 730, costOnceUsd: 20 };

  expect(railsOf(request(saving), state({ costs: [DEAR] }), config())).toEqual(['budget']);
  expect(railsOf(request({ ...saving, costOnceUsd: 0 }), state({ costs: [DEAR, DEAR] }), config())).toEqual([]);
});

test.each([
  [{ costPerHourUsd: 0.5 }, { spentPerHourUsd: 0.6 }, 'perHourUsd'],
  [{ costPerMonthUsd: 20 }, { costs: [DEAR] }, 'perMonthUsd'],
])('a budget that kept repairs use up can be lifted, or they be taken over: %j', (ofRequest, ofState, limit) => {
  const decision = guard(request(ofRequest), state(ofState), config());

  expect(decision).toMatchObject({
    refusals: [{ lift: expect.stringMatching(`budget.${limit}, or .*row of CHANGES`) }],
  });
});

test('what is too risky for the mode asks a person; an entry that says automatic was a person', () => {
  const upTo = (automaticUpToRisk: string, rest: object = {}) => config({ automaticUpToRisk, ...rest });

  expect(guard(request({ risk: 'medium' }), state(), config())).toMatchObject({ mode: 'approve' });
  expect(guard(request({ risk: 'medium' }), state(), upTo('medium'))).toMatchObject({ mode: 'automatic' });
  const allow = [{ playbooks: ['*'], mode: 'automatic' }];
  expect(guard(request({ risk: 'medium' }), state(), upTo('low', { allow }))).toMatchObject({ mode: 'automatic' });
});

test.each<[string, Partial<GuardRequest>]>([
  ['always asks', { isAlwaysAsked: true }],
  ['needs two', { risk: 'high', approvalsNeeded: 2 }],
])('what %s is done without a person only where an entry names its playbook', (_, asked) => {
  const modeFor = (...playbooks: string[]) => {
    const rules = config({ automaticUpToRisk: 'high', allow: [{ playbooks, mode: 'automatic' }] });
    return guard(request(asked), state(), rules);
  };

  expect(guard(request(asked), state(), config({ automaticUpToRisk: 'high' }))).toMatchObject({ mode: 'approve' });
  expect(modeFor('*')).toMatchObject({ mode: 'approve' });
  expect(modeFor('*', 'lambda-memory')).toMatchObject({ mode: 'automatic' });
  expect(modeFor('lambda-memory')).toMatchObject({ mode: 'automatic' });
});

test('a stage is told by a tag; what has none fits no entry but one for all', () => {
  const { stage: _, ...unknown } = request();
  const allow = [{ playbooks: ['*'], stages: ['prod'] }];

  expect(guard(request(), state(), config({ allow })).kind).toBe('allowed');
  expect(guard(unknown, state(), config({ allow }))).toMatchObject({
    refusals: [{ rail: 'allow-list', reason: expect.stringContaining('unknown stage (no tag STAGE)') }],
  });
  expect(guard(unknown, state(), config()).kind).toBe('allowed');
});

test('one change a resource at a time: the second waits, the first goes on', () => {
  const inChange = [{ remediationId: 'other', resourceKey: 'lambda/hotel-pay' }];

  expect(guard(request(), state({ inChange }), config())).toMatchObject({ kind: 'wait' });
  expect(guard(request({ remediationId: 'other' }), state({ inChange }), config())).toMatchObject({ kind: 'allowed' });
});

test('what is being changed is waited for, not refused as too recent; its own change refuses nobody', () => {
  const inChange = [{ remediationId: 'other', resourceKey: key }];
  const recent = [change(0, { resourceKey: key })];

  expect(guard(request(), state({ inChange, recent }), config())).toMatchObject({ kind: 'wait' });
  expect(guard(request({ remediationId: 'other' }), state({ inChange, recent }), config())).toMatchObject({
    kind: 'allowed',
  });
});

test('a change that another clock puts a moment ahead has cooled down where nothing has to', () => {
  const recent = [change(-1, { resourceKey: key })];

  expect(guard(request(), state({ recent }), config({ coolDownMinutes: 0 }))).toMatchObject({ kind: 'allowed' });
});

test('an index and the capacity of one cluster are one resource', () => {
  const capacity = { kind: 'aurora-capacity', clusterId: 'hotel', minAcu: 1, maxAcu: 8 } as const;
  const index = {
    kind: 'aurora-index',
    clusterArn: 'arn:aws:rds:us-east-1:123456789012:cluster:hotel',
    secretArn: 's',
    database: 'd',
    table: 't',
    columns: ['c'],
    indexName: 'i',
  } as const;

  expect(resourceKeyOf({ ...index, columns: ['c'] })).toBe(resourceKeyOf(capacity));
});

test('where the tags of a thing are not read, no entry that asks for one fits', () => {
  const { resourceTags: _, ...unread } = request();
  const tagged = config({ allow: [{ playbooks: ['*'], tags: { team: 'hotel' } }] });

  expect(guard({ ...unread, resourceTags: { team: 'hotel' } }, state(), tagged).kind).toBe('allowed');
  expect(guard(unread, state(), tagged)).toMatchObject({
    refusals: [{ rail: 'allow-list', reason: expect.stringContaining('tags are not read') }],
  });
});

describe('a resource that cools down', () => {
  const recent = [change(10, { resourceKey: key })];

  test('is waited for where that is not long, and nothing else stands against the repair', () => {
    const decision = guard(request(), state({ recent }), config());

    expect(decision).toMatchObject({ kind: 'wait', reason: expect.stringContaining('10 minutes ago') });
    expect(guard(request(), state({ recent, isKilled: true }), config())).toMatchObject({ kind: 'refused' });
    expect(guard(request(), state({ recent: [change(30, { resourceKey: key })] }), config())).toMatchObject({
      kind: 'allowed',
    });
  });

  test('need not after what only let it tell more', () => {
    const diagnostic = [change(10, { resourceKey: key, isDiagnostic: true })];

    expect(guard(request(), state({ recent: diagnostic }), config())).toMatchObject({ kind: 'allowed' });
    expect(guard(request(), state({ recent: [...diagnostic, ...recent] }), config())).toMatchObject({ kind: 'wait' });
  });
});

test.each([
  [['freeze'], true],
  [['kill-switch', 'rollbacks'], true],
  [['freeze', 'allow-list'], false],
  [[], false],
])('refused by %j, it is so for now: %j', (rails, isPassing) => {
  expect(isForNow(rails.map((rail) => ({ rail })))).toBe(isPassing);
});
