import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { optionsSchema } from './options-schema.ts';
import { readOptions } from './read-options.ts';

const CASES: readonly [string, unknown, RegExp | undefined][] = [
  ['nothing at all', {}, undefined],
  [
    'everything',
    {
      stage: 'prod',
      subscriptions: { exclude: ['a'], whenFull: 'skip', limit: 5, permission: 'never' },
      retentionDays: false,
      tracing: true,
      accountWatched: true,
      minimumCoveragePct: 99.5,
      exemptions: [{ resource: 'A*', reason: 'its caller sees it' }],
    },
    undefined,
  ],
  ['no subscriptions', { subscriptions: false }, undefined],
  ['an unknown key', { stages: 'prod' }, /^custom\.lamplighter: Unrecognized key: "stages"/],
  [
    'an unknown key further in',
    { exemptions: [{ resource: 'A', reason: 'long enough', why: '' }] },
    /^custom\.lamplighter\.exemptions\.0: Unrecognized key/,
  ],
  [
    'an exemption without a reason',
    { exemptions: [{ resource: 'A', reason: '' }] },
    /^custom\.lamplighter\.exemptions\.0\.reason/,
  ],
  ['a retention of ten years', { retentionDays: 3653 }, undefined],
  [
    'a retention that CloudWatch does not know',
    { retentionDays: 31 },
    /^custom\.lamplighter\.retentionDays: expected false, or one of 1, 3, 5, .*3653\. /,
  ],
  ['a retention as text', { retentionDays: '30' }, /^custom\.lamplighter\.retentionDays: expected false, or one of/],
  [
    'subscriptions in a word',
    { subscriptions: 'all' },
    /^custom\.lamplighter\.subscriptions: expected true, false, or/,
  ],
  [
    'a choice that is none',
    { subscriptions: { whenFull: 'stop' } },
    /^custom\.lamplighter\.subscriptions\.whenFull: .*"fail"\|"skip"\|"account-policy"/,
  ],
  [
    'an unknown key of subscriptions',
    { subscriptions: { excluded: [] } },
    /^custom\.lamplighter\.subscriptions: Unrecognized key: "excluded"; there are exclude, whenFull, limit, permission\. /,
  ],
  [
    'a key that would steer a terminal',
    { 'a\n\u001b[31m': 1 },
    /^custom\.lamplighter: Unrecognized key: "a\\n\\u001b\[31m"; /,
  ],
  ['more than all', { minimumCoveragePct: 101 }, /^custom\.lamplighter\.minimumCoveragePct/],
  ['a stage that is none', { stage: '../prod' }, /^custom\.lamplighter\.stage/],
];

const DEFAULTS = { enabled: true, subscriptions: true, tracing: false, accountWatched: false, exemptions: [] };

describe('custom.lamplighter', () => {
  test.each(CASES)('%s', (_name, given, refusal) => {
    const read = () => readOptions({ lamplighter: given });
    if (refusal === undefined) expect(read).not.toThrow();
    else expect(read).toThrow(refusal);
  });

  test.each(CASES)("the framework's validation agrees: %s", (_name, given, refusal) => {
    const validate = new Ajv({ strict: false }).compile(optionsSchema());
    // Of a key or a number that is none of ours the frameworks would not say which there are.
    const isLeftToUs =
      /Unrecognized key/.test(String(refusal)) || (given as { retentionDays?: unknown }).retentionDays === 31;
    expect(validate({ lamplighter: given })).toBe(refusal === undefined || isLeftToUs);
  });

  test('the schema compiles as strictly as the frameworks do', () => {
    expect(() => new Ajv({ strict: true, strictRequired: false }).compile(optionsSchema())).not.toThrow();
  });

  test('absent, it stands for the defaults', () => {
    expect(readOptions(undefined)).toEqual(DEFAULTS);
  });

  test('a key without a value is absent, as for the frameworks', () => {
    expect(readOptions({ lamplighter: null })).toEqual(DEFAULTS);
    expect(readOptions({ lamplighter: { stage: null, subscriptions: null, exemptions: null } })).toEqual(DEFAULTS);
    expect(readOptions({ lamplighter: { subscriptions: { exclude: null, limit: 5 } } }).subscriptions).toMatchObject({
      exclude: [],
      limit: 5,
    });
  });

  test.each(['Lamplighter', 'serverless-lamplighter', 'lampLighter'])('options under %s are refused', (key) => {
    expect(() => readOptions({ [key]: { tracing: true } })).toThrow(
      `custom.${key} is read by nobody: the options of serverless-lamplighter are under custom.lamplighter.`,
    );
  });
});
