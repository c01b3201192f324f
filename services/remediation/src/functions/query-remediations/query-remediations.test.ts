import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../../test/a-repair.ts';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { executionArnOf } from '../../adapters/sfn-executions.ts';
import { RemediationConfig } from '../../domain/remediation-config.ts';
import { type QueryRemediationsDeps, queryRemediations } from './query-remediations.ts';

const STATE_MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:lamplighter-dev-remediation';
const LINKS = [{ approver: 'anna', approveUrl: 'https://a', declineUrl: 'https://b' }];

const later = aRepair({ remediation: { remediationId: 'second', plannedAt: 2 } });
const earlier = aRepair({ remediation: { remediationId: 'first', plannedAt: 1 } });
const other = aRepair({ remediation: { remediationId: 'other', findingId: 'timeouts/2' } });
const waiting = aRepair({
  remediation: { remediationId: 'waits', findingId: 'x', approval: { expiresAt: 9, links: LINKS } },
});

const deps: QueryRemediationsDeps = {
  remediations: memoryRemediations(later, earlier, other, waiting),
  killSwitch: { isOn: async () => false, set: async () => {} },
  config: () => Promise.reject(new Error('nobody asks for it')),
  continueExecution: async () => {},
  executionOf: (remediationId) => executionArnOf(STATE_MACHINE, remediationId),
  now: () => 0,
};

test('what was planned for a finding comes in the order in which it was planned', async () => {
  const answer = await queryRemediations({ kind: 'by-finding', findingId: 'timeouts/1' }, deps);

  expect(answer).toMatchObject({ remediations: [{ remediationId: 'first' }, { remediationId: 'second' }] });
});

test('a repair names the execution that carries it out', async () => {
  const answer = await queryRemediations({ kind: 'by-id', remediationId: 'first' }, deps);

  expect(answer).toMatchObject({
    kind: 'remediation',
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:lamplighter-dev-remediation:first',
  });
});

test('one that waits is told however many newer ones there are', async () => {
  const old = aRepair({ remediation: { remediationId: 'old', state: 'awaiting-approval', plannedAt: 0 } });
  const newer = Array.from({ length: 60 }, (_, at) =>
    aRepair({ remediation: { remediationId: `newer-${at}`, plannedAt: at + 1, state: 'dry-run-ended' } }),
  );
  const remediations = memoryRemediations(...newer, old);

  const answer = await queryRemediations({ kind: 'overview', limit: 20 }, { ...deps, remediations });

  expect(answer).toMatchObject({ kind: 'overview', waiting: [{ remediationId: 'old' }], isKilled: false });
  expect(answer).toHaveProperty('recent.length', 20);
});

test('one that was asked before there was an index of those that wait is told, and each one once', async () => {
  const waitingSince = (remediationId: string) =>
    aRepair({ remediation: { remediationId, state: 'awaiting-approval' } });
  const [indexed, unindexed] = [waitingSince('indexed'), waitingSince('unindexed')];
  const remediations = { ...memoryRemediations(indexed, unindexed, later), waiting: async () => [indexed] };

  const answer = await queryRemediations({ kind: 'overview' }, { ...deps, remediations });

  expect(answer).toHaveProperty('waiting.length', 2);
  expect(answer).toMatchObject({ waiting: [{ remediationId: 'indexed' }, { remediationId: 'unindexed' }] });
});

test('of those that wait, the one whose time is up first is told first', async () => {
  const waitingUntil = (expiresAt: number) =>
    aRepair({
      remediation: {
        remediationId: `until-${expiresAt}`,
        state: 'awaiting-approval',
        approval: { expiresAt, links: LINKS },
      },
    });
  const remediations = memoryRemediations(waitingUntil(9), waitingUntil(5));

  const answer = await queryRemediations({ kind: 'overview' }, { ...deps, remediations });

  expect(answer).toMatchObject({ waiting: [{ remediationId: 'until-5' }, { remediationId: 'until-9' }] });
  expect(JSON.stringify(answer)).not.toContain('https://');
});

test("approvers' links are told to nobody else", async () => {
  const answers = [
    await queryRemediations({ kind: 'by-id', remediationId: 'waits' }, deps),
    await queryRemediations({ kind: 'by-finding', findingId: 'x' }, deps),
  ];

  for (const answer of answers) expect(JSON.stringify(answer)).not.toContain('https://');
});

test('what needs two people is not approved where one could give two names; one no is heard', async () => {
  const risky = aRepair({
    remediation: { remediationId: 'risky', state: 'awaiting-approval', approvalsNeeded: 2, risk: 'high' },
  });
  const config = async () => RemediationConfig.parse({ approvers: ['anna', 'ben'] });
  const asked = { ...deps, config, remediations: memoryRemediations(risky) };
  const decide = (by: string, decision: 'approve' | 'decline') =>
    queryRemediations({ kind: 'decide', remediationId: 'risky', by, decision }, asked);

  for (const by of ['anna', 'ben'])
    expect(await decide(by, 'approve')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('link') });
  expect(await decide('ben', 'decline')).toMatchObject({ remediation: { state: 'declined' } });
});

test('a cursor that no answer held is a question that cannot be answered', async () => {
  const remediations = dynamoDbRemediations(new DynamoDBClient({ region: 'us-east-1' }), 'never-asked');

  const answer = await queryRemediations({ kind: 'recent', cursor: 'tampered' }, { ...deps, remediations });

  expect(answer).toEqual({ kind: 'invalid-query', reason: 'The cursor is none of an answer: ask without one.' });
});
