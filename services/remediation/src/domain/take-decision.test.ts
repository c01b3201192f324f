import { expect, test } from '@jest/globals';
import { aRepair } from '../../test/a-repair.ts';
import { readConfig } from './remediation-config.ts';
import { takeDecision } from './take-decision.ts';

const ANNA = { name: 'anna', signIns: ['anna@example.com', 'arn:aws:sts::123456789012:assumed-role/on-call/anna'] };

const approversOf = (approvers: unknown) => {
  const read = readConfig(JSON.stringify({ approvers }));
  if ('problem' in read) throw new Error(read.problem);
  return read.config.approvers;
};

/** A repair that two have to approve, after each of `spellings` said yes in turn; gives what became of the last. */
function approvedBy(approvers: unknown, ...spellings: readonly string[]) {
  let stored = aRepair({ remediation: { state: 'awaiting-approval', mode: 'approve', approvalsNeeded: 2 } });
  return spellings
    .map((by) => {
      const decision = { by, decision: 'approve', through: 'console' } as const;
      const outcome = takeDecision(stored, decision, { approvers: approversOf(approvers), now: 1 });
      if (outcome.kind === 'taken') stored = outcome.stored;
      return outcome;
    })
    .at(-1)!;
}

test.each(ANNA.signIns)('%s is anna, whose name is kept', (signIn) => {
  expect(approvedBy([ANNA, 'ben'], signIn)).toMatchObject({
    kind: 'taken',
    isDecided: false,
    stored: { remediation: { decisions: [{ by: 'anna' }] } },
  });
});

test.each([
  ['anna', 'anna@example.com'],
  ['anna@example.com', 'anna'],
  [ANNA.signIns[0]!, ANNA.signIns[1]!],
])('%s and %s are one person', (first, second) => {
  expect(approvedBy([ANNA, 'ben'], first, second)).toEqual({ kind: 'refused', reason: 'anna has decided already.' });
});

test('two people are two, through whatever door each comes', () => {
  expect(approvedBy([ANNA, 'ben'], 'anna@example.com', 'ben')).toMatchObject({ kind: 'taken', isDecided: true });
});

test('a decision that was kept by another spelling of the same person counts once', () => {
  const stored = aRepair({
    remediation: {
      state: 'awaiting-approval',
      mode: 'approve',
      approvalsNeeded: 3,
      decisions: ['anna', 'anna@example.com'].map((by) => ({ by, decision: 'approve', at: 0, through: 'link' })),
    },
  });
  const decision = { by: 'ben', decision: 'approve', through: 'link' } as const;

  expect(takeDecision(stored, decision, { approvers: approversOf([ANNA, 'ben']), now: 1 })).toMatchObject({
    kind: 'taken',
    isDecided: false,
  });
});

test('who is named alone does not approve by a sign-in of the same look', () => {
  expect(approvedBy(['anna'], 'anna@example.com')).toMatchObject({ kind: 'refused' });
});

test.each([
  [[ANNA, 'anna']],
  [[ANNA, 'anna@example.com']],
  [['ben', 'ben']],
  [[ANNA, { name: 'ben', signIns: ['anna@example.com'] }]],
  [[{ name: 'anna', signins: ['anna@example.com'] }]],
])('%j is no configuration', (approvers) => {
  expect(readConfig(JSON.stringify({ approvers }))).toHaveProperty('problem');
});

test('a name may be the sign-in too', () => {
  const approvers = [{ name: 'anna@example.com', signIns: ['anna@example.com'] }];

  expect(approvedBy(approvers, 'anna@example.com').kind).toBe('taken');
});
