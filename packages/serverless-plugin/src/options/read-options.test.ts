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

describe('custom.lamplighter', () => {
  test.each(CASES)('%s', (_name, given, refusal) => {
    if (refusal === undefined) expect(() => readOptions(given)).not.toThrow();
    else expect(() => readOptions(given)).toThrow(refusal);
  });

  test.each(CASES)("the framework's validation agrees: %s", (_name, given, refusal) => {
    const validate = new Ajv({ strict: false }).compile(optionsSchema());
    // A number that is none of ours: the frameworks would not say which are.
    const isLeftToUs = given !== null && (given as { retentionDays?: unknown }).retentionDays === 31;
    expect(validate({ lamplighter: given })).toBe(refusal === undefined || isLeftToUs);
  });

  test('the schema compiles as strictly as the frameworks do', () => {
    expect(() => new Ajv({ strict: true, strictRequired: false }).compile(optionsSchema())).not.toThrow();
  });

  test('absent, it stands for the defaults', () => {
    expect(readOptions(undefined)).toEqual({
      enabled: true,
      subscriptions: true,
      tracing: false,
      accountWatched: false,
      exemptions: [],
    });
  });
});
