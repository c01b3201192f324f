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
  ['a retention that CloudWatch does not know', { retentionDays: 31 }, /^custom\.lamplighter\.retentionDays/],
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
    expect(validate({ lamplighter: given })).toBe(refusal === undefined);
  });

  test('absent, it stands for the defaults', () => {
    expect(readOptions(undefined)).toEqual({
      enabled: true,
      subscriptions: true,
      retentionDays: 30,
      tracing: false,
      accountWatched: false,
      exemptions: [],
    });
  });
});
