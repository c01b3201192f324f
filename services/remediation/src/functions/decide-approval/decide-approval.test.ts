import { describe, expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../../test/a-repair.ts';
import { type ApprovalClaims, signApproval } from '../../domain/approval-token.ts';
import { RemediationConfig } from '../../domain/remediation-config.ts';
import { decideApproval } from './decide-approval.ts';

const KEY = new Uint8Array(32).fill(7);
const MINUTE_MS = 60_000;
const CLAIMS: ApprovalClaims = {
  remediationId: 'lambda-timeout-0-abc',
  approver: 'anna',
  decision: 'approve',
  realm: 'dev/us-east-1/123456789012',
  expiresAt: 60 * MINUTE_MS,
};

/** A repair that waits for people, and what is heard of their clicks. */
function waiting({ approvalsNeeded = 1, now = MINUTE_MS } = {}) {
  const links = ['anna', 'ben'].map((approver) => ({ approver, approveUrl: '', declineUrl: '' }));
  const approval = { expiresAt: CLAIMS.expiresAt, links };
  const stored = aRepair({
    remediation: { state: 'awaiting-approval', mode: 'approve', approvalsNeeded, approval },
    taskToken: 'the-token',
  });
  const remediations = memoryRemediations(stored);
  const refusals: unknown[] = [];
  const goneOn: unknown[] = [];
  const clock = { now };
  const deps = {
    remediations,
    config: async () => RemediationConfig.parse({ approvers: ['anna', 'ben'] }),
    continueExecution: async (_token: string, answer: object) => void goneOn.push(answer),
    key: async () => KEY,
    realm: CLAIMS.realm,
    now: () => clock.now,
    refused: (...heard: unknown[]) => void refusals.push(heard),
  };
  return {
    clock,
    refusals,
    goneOn,
    click: (token: string) => decideApproval({ token, isDecision: true }, deps),
    look: (token: string) => decideApproval({ token, isDecision: false }, deps),
    stored: async () => (await remediations.read(CLAIMS.remediationId))!.value,
    repair: async () => (await remediations.read(CLAIMS.remediationId))!.value.remediation,
  };
}

const link = (claims: Partial<ApprovalClaims> = {}, key = KEY): string => signApproval({ ...CLAIMS, ...claims }, key);

/** Another's claims under the signature of a link that is valid. */
function tampered(claims: Partial<ApprovalClaims>): string {
  const [, mac] = link().split('.');
  return `${Buffer.from(JSON.stringify({ ...CLAIMS, ...claims })).toString('base64url')}.${mac}`;
}

test('a link approves, once, and who did it is recorded', async () => {
  const { click, repair, goneOn } = waiting();

  expect(await click(link())).toMatchObject({ status: 200 });

  expect(await repair()).toMatchObject({
    state: 'approved',
    decisions: [{ by: 'anna', decision: 'approve', at: MINUTE_MS, through: 'link' }],
  });
  expect(goneOn).toEqual([{ next: 'automatic' }]);
});

test('a link that is looked at decides nothing: a mail scanner may follow it', async () => {
  const { look, repair } = waiting();

  const page = await look(link());

  expect(page).toMatchObject({ status: 200, html: expect.stringContaining('<button>Approve</button>') });
  expect((await repair()).decisions).toEqual([]);
});

describe('nothing is decided, and it is recorded why, by a link that is', () => {
  const OTHER_KEY = new Uint8Array(32).fill(8);
  test.each<[string, string, number, string]>([
    ['forged with another key', link({}, OTHER_KEY), 403, 'forged'],
    ['changed to another repair', tampered({ remediationId: 'lambda-memory-1-def' }), 403, 'forged'],
    ['changed to another person', tampered({ approver: 'ben' }), 403, 'forged'],
    ['changed to the other decision', tampered({ decision: 'decline' }), 403, 'forged'],
    ['changed to live longer', tampered({ expiresAt: 9e15 }), 403, 'forged'],
    ['cut off', link().slice(0, -10), 403, 'forged'],
    ['no link at all', 'approve', 403, 'malformed'],
    ['of too many parts', `${link()}.more`, 403, 'malformed'],
    ['empty', '', 403, 'malformed'],
    ['of another stage', link({ realm: 'prod/us-east-1/123456789012' }), 403, 'foreign'],
    ['of another region', link({ realm: 'dev/eu-west-1/123456789012' }), 403, 'foreign'],
    ['of another account', link({ realm: 'dev/us-east-1/210987654321' }), 403, 'foreign'],
    ['expired', link({ expiresAt: MINUTE_MS }), 403, 'expired'],
    [
      'of somebody who is no approver',
      link({ approver: 'mallory' }),
      409,
      "mallory is not among the approvers of the guardrails' configuration.",
    ],
  ])('%s', async (_, token, status, reason) => {
    const { click, repair, refusals, goneOn } = waiting();

    expect(await click(token)).toMatchObject({ status });

    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toEqual(expect.arrayContaining([reason]));
    expect(await repair()).toMatchObject({ state: 'awaiting-approval', decisions: [], revision: 0 });
    expect(goneOn).toEqual([]);
  });

  test('clicked again', async () => {
    const { click, repair, refusals, stored } = waiting();
    await click(link());

    expect(await click(link())).toMatchObject({ status: 409 });
    expect((await stored()).refusedDecisions).toEqual([
      expect.objectContaining({ by: 'anna', decision: 'approve', at: MINUTE_MS, through: 'link' }),
    ]);

    expect((await repair()).decisions).toHaveLength(1);
    expect(refusals).toEqual([['It waits for nobody: it is approved.', expect.objectContaining({ approver: 'anna' })]]);
  });

  test("of the other decision, after one's own", async () => {
    const { click, repair } = waiting({ approvalsNeeded: 2 });
    await click(link());

    expect(await click(link({ decision: 'decline' }))).toMatchObject({ status: 409 });

    expect(await repair()).toMatchObject({ state: 'awaiting-approval', decisions: [{ by: 'anna' }] });
  });

  test('of a repair that is over', async () => {
    const { click, clock, refusals } = waiting();
    clock.now = CLAIMS.expiresAt;

    expect(await click(link({ expiresAt: CLAIMS.expiresAt + MINUTE_MS }))).toMatchObject({ status: 409 });

    expect(refusals).toEqual([['The time to decide is over.', expect.objectContaining({ approver: 'anna' })]]);
  });

  test('of a repair that is not kept any more', async () => {
    const { click } = waiting();

    expect(await click(link({ remediationId: 'gone' }))).toMatchObject({ status: 404 });
  });
});

describe('where two have to say yes', () => {
  test('one person is one, whatever they click', async () => {
    const { click, repair, goneOn } = waiting({ approvalsNeeded: 2 });

    await click(link());
    await click(link());

    expect(await repair()).toMatchObject({ state: 'awaiting-approval', decisions: [{ by: 'anna' }] });
    expect(goneOn).toEqual([]);
  });

  test('the page says who asks, and who has to say yes until when', async () => {
    const { look } = waiting({ approvalsNeeded: 2 });

    const { html } = await look(link());

    expect(html).toContain('by its playbook lambda-timeout, for hotel-pay');
    expect(html).toContain('2 of anna, ben, until 1970-01-01 01:00 UTC');
  });

  test('two people are two, and the first is told of the other', async () => {
    const { click, repair, goneOn } = waiting({ approvalsNeeded: 2 });

    expect((await click(link())).html).toContain(
      'Your yes is one of two. It waits for one more, of ben, until 1970-01-01 01:00 UTC',
    );
    expect((await click(link({ approver: 'ben' }))).html).toContain('It is on its way.');

    expect(await repair()).toMatchObject({ state: 'approved', decisions: [{ by: 'anna' }, { by: 'ben' }] });
    expect(goneOn).toEqual([{ next: 'automatic' }]);
  });

  test('one no is a no', async () => {
    const { click, repair, goneOn } = waiting({ approvalsNeeded: 2 });

    await click(link());
    await click(link({ approver: 'ben', decision: 'decline' }));

    expect(await repair()).toMatchObject({ state: 'declined' });
    expect(goneOn).toEqual([{ next: 'over' }]);
  });
});

test('of decisions that are refused the newest twenty are kept', async () => {
  const { click, stored } = waiting();
  await click(link());

  for (let clicks = 0; clicks < 25; clicks++) await click(link());

  expect((await stored()).refusedDecisions).toHaveLength(20);
});
