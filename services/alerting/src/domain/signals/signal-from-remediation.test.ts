import { expect, test } from '@jest/globals';
import { type Remediation, RemediationChanged } from '@lamplighter/contracts';
import { signalFromRemediation } from './signal-from-remediation.ts';

const { findingSeverity: _, ...planned } = RemediationChanged.example.remediation;

function signalOf(change: Partial<Remediation>) {
  const { Detail } = RemediationChanged.entry({ remediation: { ...planned, ...change } }, 'key');
  return signalFromRemediation(JSON.parse(Detail));
}

const approved = [{ by: 'anna', decision: 'approve', at: 0, through: 'link' } as const];

test.each(['info', 'warning', 'critical'] as const)(
  'a question about a %s finding is as pressing',
  (findingSeverity) => {
    expect(signalOf({ state: 'awaiting-approval', findingSeverity })).toMatchObject({
      kind: 'open',
      severity: findingSeverity,
      title: `Approve? ${planned.title}`,
    });
  },
);

test('a question about a finding of which nothing is known is a warning', () => {
  expect(signalOf({ state: 'awaiting-approval' })).toMatchObject({ kind: 'open', severity: 'warning' });
});

test('what failed is critical, unless nothing was changed', () => {
  expect(signalOf({ state: 'failed' })).toMatchObject({ severity: 'critical', title: `Failed: ${planned.title}` });
  expect(signalOf({ state: 'failed', untouched: true })).toMatchObject({
    severity: 'info',
    title: `Failed before anything was changed: ${planned.title}`,
  });
});

test('whoever approved hears that it was refused, or failed, after all', () => {
  const refusals = [{ rail: 'budget', reason: 'It costs 3 USD an hour.', lift: 'Raise perHourUsd.' }];

  expect(signalOf({ state: 'refused', refusals, decisions: approved })).toMatchObject({
    kind: 'open',
    severity: 'warning',
    title: `Approved, then refused: ${planned.title}`,
    text: expect.stringContaining('Refused by budget: It costs 3 USD an hour. Raise perHourUsd.'),
    concerns: ['anna'],
  });
  expect(signalOf({ state: 'failed', untouched: true, decisions: approved })).toMatchObject({
    severity: 'warning',
    concerns: ['anna'],
  });
});

test('a refusal that nobody had approved asks nothing of anybody', () => {
  expect(signalOf({ state: 'refused' })).toBeUndefined();
});

test.each<[string, Partial<Remediation>, string, string]>([
  ['a yes', { state: 'approved', decisions: approved }, 'Approved: ', 'approved by anna'],
  [
    'a no',
    { state: 'declined', decisions: [{ by: 'ben', decision: 'decline', at: 0, through: 'link' }] },
    'Declined: ',
    'declined by ben',
  ],
  ['silence', { state: 'expired' }, 'Expired: ', 'nobody decided in time, so nothing was changed'],
  ['success', { state: 'kept' }, 'Kept: ', 'it helped and was kept'],
  ['success for a while', { state: 'kept', takenBack: true }, 'Taken back: ', 'it helped, and its time is over'],
  ['withdrawal', { state: 'rolled-back', withdrawn: 'No longer advised.' }, 'Withdrawn: ', 'No longer advised.'],
])('%s ends a question under its own name', (_name, change, title, because) => {
  expect(signalOf(change)).toMatchObject({
    kind: 'resolve',
    isMereEnd: true,
    title: `${title}${planned.title}`,
    because,
  });
});
