import { describe, expect, test } from '@jest/globals';
import { mappingParallelisation } from '../playbooks/event-source-mapping.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { figuresByMinute } from '../traffic/figures-by-minute.ts';
import { aMinute } from '../traffic/testing/a-minute.ts';
import { isCatchingUp } from './is-catching-up.ts';
import { judgeRepair, type RepairTrial } from './judge-repair.ts';
import { trialOf } from './trial-of.ts';

const MINUTE_MS = 60_000;
const AT_ONCE = { elapsedMs: 0, verdictMinutes: 60 };

test.each<[string, readonly number[], boolean]>([
  ['it comes nearer', [100, 96, 90, 84, 77, 70], true],
  ['it stays where it is', [100, 101, 99, 100, 100, 99], false],
  ['it falls further behind', [100, 110, 120, 130, 140, 150], false],
  ['one good minute is luck', [100, 100, 100, 100, 100, 60], false],
  ['nothing is known', [], false],
])('%s', (_, ages, expected) => {
  expect(isCatchingUp(ages)).toBe(expected);
});

describe('the reader of a stream', () => {
  const told = { text: '', metric: 'iterator age', unit: 'ms', before: 1_000, after: 120_000 };
  const context = {
    finding: aFinding('iterator-age', { evidence: [told] }),
    now: 0,
    traffic: CALM,
    function: aFunction({
      mappings: [{ uuid: 'm', sourceArn: 'arn:aws:kinesis:us-east-1:1:stream/s', enabled: true, batchSize: 10 }],
    }),
  };
  const trial = (): RepairTrial =>
    trialOf({ playbook: mappingParallelisation, proposal: mappingParallelisation.propose(context)! }, context);
  const behind = (agesMs: readonly number[], errors = 0) =>
    figuresByMinute(
      agesMs.map((_, at) => aMinute({ start: at * MINUTE_MS, errors })),
      agesMs.map((iteratorAgeMs, at) => ({ start: at * MINUTE_MS, iteratorAgeMs })),
    );
  const minutes = (count: number, age: (at: number) => number) => Array.from({ length: count }, (_, at) => age(at));

  test('is measured by how far it is behind, from what the finding tells', () => {
    expect(trial()).toMatchObject({
      metric: 'iterator-age-ms',
      before: 120_000,
      target: 30_000,
      meter: 'iterator-age',
    });
  });

  test.each<[string, readonly number[], number, string]>([
    ['has read everything', [20_000, 1_000], 0, 'keep'],
    ['falls further behind until it is felt', minutes(9, (at) => 120_000 + at * MINUTE_MS), 0, 'wait'],
    ['has a long way to go, and comes nearer', minutes(10, (at) => 3_000_000 - at * 90_000), 0, 'keep'],
    ['comes no nearer yet', minutes(30, () => 120_000), 0, 'wait'],
    ['fails', minutes(3, (at) => 100_000 - at * 20_000), 5, 'undo'],
  ])('%s', (_, ages, errors, kind) => {
    expect(judgeRepair(trial(), behind(ages, errors), AT_ONCE).kind).toBe(kind);
  });

  test('that came no nearer in all the time is read as before again', () => {
    const over = { elapsedMs: 60 * MINUTE_MS, verdictMinutes: 60 };

    expect(judgeRepair(trial(), behind(minutes(58, () => 120_000)), over).kind).toBe('undo');
  });
});
