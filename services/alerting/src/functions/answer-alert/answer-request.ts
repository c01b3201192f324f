import { messagePage } from '@lamplighter/signed-links';
import type { AlertAnswer } from '../../domain/answer-alert.ts';
import { type AnswerClaims, verifyAnswer } from '../../domain/answer-token.ts';
import { answerPage } from '../../domain/render/answer-page.ts';
import { answerStoredAlert } from '../../outbox/answer-stored-alert.ts';
import type { OutboxPort, PolicyPort } from '../../ports.ts';

export interface AnswerDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly key: () => Promise<Uint8Array>;
  readonly realm: string;
  readonly now: () => number;
  /** A refused link is written down, with why, and what it claimed where that is ours. */
  readonly refused: (reason: string, claims?: AnswerClaims) => void;
}

export interface Page {
  readonly status: number;
  readonly html: string;
}

const SNOOZE_MINUTES = 60;
const REFUSALS = {
  malformed: 'This link is not whole. Copy it again from the message.',
  forged: 'This link was not made by Lamplighter.',
  foreign: 'This link belongs to another deployment.',
  expired: 'This link has expired. The newest message about the alert has a fresh one.',
  stranger: 'This link is of somebody who is not in the policy any more.',
} as const;

/** What a link shows (GET), or does (POST with `answer`). */
export async function answerRequest(
  { token, answer }: { readonly token: string; readonly answer?: string | undefined },
  deps: AnswerDeps,
): Promise<Page> {
  const { people, channels } = await deps.policy();
  const answerers = new Set([...Object.keys(people), ...Object.keys(channels)]);
  const verdict = verifyAnswer(token, { key: await deps.key(), realm: deps.realm, now: deps.now(), answerers });
  if (verdict.kind === 'refused') {
    deps.refused(verdict.reason, 'claims' in verdict ? verdict.claims : undefined);
    return { status: 403, html: messagePage(REFUSALS[verdict.reason]) };
  }
  const { alertId, by } = verdict.claims;
  if (answer === undefined) {
    const current = await deps.outbox.alert(alertId);
    if (current === undefined) return { status: 404, html: messagePage('This alert is not kept any more.') };
    return { status: 200, html: answerPage(current.alert.value, by) };
  }
  if (answer !== 'acknowledge' && answer !== 'snooze' && answer !== 'close') {
    return { status: 400, html: messagePage('An alert can be taken on, snoozed or closed.') };
  }
  const said: AlertAnswer = answer === 'snooze' ? { kind: answer, by, minutes: SNOOZE_MINUTES } : { kind: answer, by };
  const outcome = await answerStoredAlert(alertId, said, deps);
  if (outcome.kind === 'not-found') return { status: 404, html: messagePage('This alert is not kept any more.') };
  return { status: 200, html: answerPage(outcome.alert.alert.value, by) };
}
