import { type Remediation, type RemediationsAnswer, RemediationsQuery } from '@lamplighter/contracts';
import { answerQuestion } from '@lamplighter/lambda-kit/answer-question';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import type { KillSwitchPort } from '../../ports.ts';
import { type DecideDeps, decideRepair } from '../../steps/decide-repair.ts';

export interface QueryRemediationsDeps extends DecideDeps {
  readonly killSwitch: KillSwitchPort;
  readonly executionOf: (remediationId: string) => string;
}

const RECENT = 50;

/** Answers a question about repairs, takes a person's decision, turns the kill switch. */
export const queryRemediations = (question: unknown, deps: QueryRemediationsDeps): Promise<RemediationsAnswer> =>
  answerQuestion(RemediationsQuery, question, (query) => answer(query, deps));

async function answer(query: RemediationsQuery, deps: QueryRemediationsDeps): Promise<RemediationsAnswer> {
  switch (query.kind) {
    case 'recent': {
      const { remediations, cursor } = await deps.remediations.recent(query.limit ?? RECENT, query.cursor);
      return { kind: 'remediations', remediations: remediations.map(viewOf), ...(cursor && { cursor }) };
    }
    case 'overview':
      return overview(query.limit ?? RECENT, deps);
    case 'by-id': {
      const read = await deps.remediations.read(query.remediationId);
      return read === undefined ? { kind: 'not-found' } : answerOf(read.value, deps);
    }
    case 'by-finding': {
      const found = await deps.remediations.ofFinding(query.findingId);
      const remediations = found.map(viewOf).sort((a, b) => a.plannedAt - b.plannedAt);
      return { kind: 'remediations', remediations };
    }
    case 'decide': {
      const { by, decision, remediationId } = query;
      if (decision === 'approve' && (await needsTwo(remediationId, deps)))
        return { kind: 'refused', reason: TWO_PEOPLE };
      const result = await decideRepair(remediationId, { by, decision, through: 'console' }, deps);
      if (result.kind === 'not-found') return result;
      return result.kind === 'refused' ? { kind: 'refused', reason: result.reason } : answerOf(result.stored, deps);
    }
    case 'set-kill-switch':
      await deps.killSwitch.set(query.isOn, query.by);
      return guardrails(deps);
    case 'guardrails':
      return guardrails(deps);
  }
}

/** Whoever may invoke this function may say to be anybody, and so to be two: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html tells no caller. */
const TWO_PEOPLE =
  'Two people have to say yes to this one, each by the link that was sent to them: who asks here could be one who says two names.';

async function needsTwo(remediationId: string, { remediations }: QueryRemediationsDeps): Promise<boolean> {
  const stored = (await remediations.read(remediationId))?.value;
  return (stored?.remediation.approvalsNeeded ?? 1) > 1;
}

async function overview(
  limit: number,
  { remediations, killSwitch }: QueryRemediationsDeps,
): Promise<RemediationsAnswer> {
  const [waiting, recent, isKilled] = await Promise.all([
    remediations.waiting(),
    remediations.recent(limit),
    killSwitch.isOn(),
  ]);
  // What was asked before there was an index of those that wait is not in it.
  const all = [...waiting, ...recent.remediations.filter(isWaiting)];
  const unique = new Map(all.map((one) => [one.remediation.remediationId, viewOf(one)]));
  return {
    kind: 'overview',
    waiting: [...unique.values()].sort((a, b) => endOf(a) - endOf(b)),
    recent: recent.remediations.map(viewOf),
    isKilled,
  };
}

const isWaiting = ({ remediation }: StoredRemediation): boolean => remediation.state === 'awaiting-approval';

const endOf = ({ approval }: Remediation): number => approval?.expiresAt ?? Number.MAX_SAFE_INTEGER;

const guardrails = async ({ config, killSwitch }: QueryRemediationsDeps): Promise<RemediationsAnswer> => ({
  kind: 'guardrails',
  isKilled: await killSwitch.isOn(),
  config: await config(),
});

const answerOf = (
  stored: StoredRemediation,
  { executionOf }: Pick<QueryRemediationsDeps, 'executionOf'>,
): RemediationsAnswer => ({
  kind: 'remediation',
  remediation: viewOf(stored),
  executionArn: executionOf(stored.remediation.remediationId),
});

/** Approvers' links are theirs alone. */
function viewOf({ remediation }: StoredRemediation): Remediation {
  const { approval, ...rest } = remediation;
  return approval === undefined ? rest : { ...rest, approval: { expiresAt: approval.expiresAt, links: [] } };
}
