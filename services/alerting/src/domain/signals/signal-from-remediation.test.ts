import { expect, test } from '@jest/globals';
import { type Remediation, RemediationChanged } from '@lamplighter/contracts';
import { signalFromRemediation } from './signal-from-remediation.ts';

const { findingSeverity: _, ...planned } = RemediationChanged.example.remediation;

function signalOf(change: Partial<Remediation>) {
  const { Detail } = RemediationChanged.entry({ remediation: { ...planned, ...change } }, 'key');
  return signalFromRemediation(JSON.parse(Detail));
}

const END = planned.endedAt!;
const approved = [{ by: 'anna', decision: 'approve', at: 0, through: 'link' } as const];

test.each([
  ['an advice', 'info', 'warning'],
  ['a warning', 'warning', 'warning'],
  ['a critical finding', 'critical', 'critical'],
] as const)(
  'a question about %s is as pressing, and never less than a warning: it runs out',
  (_name, findingSeverity, severity) => {
    expect(signalOf({ state: 'awaiting-approval', findingSeverity })).toMatchObject({
      kind: 'open',
      severity,
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

test('whoever approved hears that it was not made, since its finding was over first', () => {
  const approval = { expiresAt: END + 1, links: [] };

  const signal = signalOf({ state: 'expired', approval, decisions: approved, approvalsNeeded: 1 });

  expect(signal).toMatchObject({
    kind: 'open',
    severity: 'warning',
    title: `Approved, then not made: ${planned.title}`,
    text: expect.stringMatching(/^Its finding or advice was over before it began, so nothing was changed\.\n/),
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
  [
    'silence',
    { state: 'expired', approval: { expiresAt: END, links: [] } },
    'Expired: ',
    'nobody decided in time, so nothing was changed',
  ],
  [
    'the end of its finding',
    { state: 'expired', approval: { expiresAt: END + 1, links: [] } },
    'No longer needed: ',
    'its finding or advice is over, so nothing was changed',
  ],
  [
    'the end of its finding after one of two had approved',
    { state: 'expired', approval: { expiresAt: END + 1, links: [] }, decisions: approved, approvalsNeeded: 2 },
    'No longer needed: ',
    'its finding or advice is over, so nothing was changed',
  ],
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

test('what was left to its owner is told, whichever way the repair ended', () => {
  const leftToOwner = 'timeoutS is 60 by now.';
  const left = "but for its owner's changes";
  const said = `Left as its owner set it meanwhile: ${leftToOwner}`;

  expect(signalOf({ state: 'rolled-back', leftToOwner })).toMatchObject({
    title: `Undone ${left}, it did not help: ${planned.title}`,
    text: expect.stringContaining(said),
  });
  expect(signalOf({ state: 'kept', leftToOwner })).toMatchObject({
    title: `Taken back ${left}: ${planned.title}`,
    because: `it helped, and its time is over. ${said}`,
    text: expect.stringContaining(said),
  });
  expect(signalOf({ state: 'rolled-back', withdrawn: 'its time is over', leftToOwner })).toMatchObject({
    title: `Withdrawn ${left}: ${planned.title}`,
    because: `its time is over. ${said}`,
  });
  expect(signalOf({ state: 'failed', leftToOwner })).toHaveProperty('text', expect.stringContaining(said));
});
