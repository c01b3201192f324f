import { type FindingsAnswer, FindingsQuery } from '@lamplighter/contracts';
import { answerQuestion } from '@lamplighter/lambda-kit/answer-question';
import { joinedChanges } from '../../domain/changes/joined-changes.ts';
import type { ChangePort, FindingPort } from '../../ports.ts';

const RECENT = 50;

/** What tells of one change may be so far apart. */
const AROUND_MS = 3_600_000;

interface QueryDeps {
  readonly findings: FindingPort;
  readonly changes: Pick<ChangePort, 'ofFunction'>;
}

/** Answers a question about findings, or about what was changed. */
export const queryFindings = (question: unknown, deps: QueryDeps): Promise<FindingsAnswer> =>
  answerQuestion(FindingsQuery, question, (query) => answer(query, deps));

async function answer(query: FindingsQuery, { findings, changes }: QueryDeps): Promise<FindingsAnswer> {
  switch (query.kind) {
    case 'open':
      return { kind: 'findings', findings: await findings.open() };
    case 'recent':
      return { kind: 'findings', ...(await findings.recent(query.limit ?? RECENT, query.cursor)) };
    case 'by-function':
      return { kind: 'findings', findings: await findings.ofFunction(query, query.limit ?? RECENT) };
    case 'by-id': {
      const finding = await findings.byId(query.findingId);
      return finding === undefined ? { kind: 'not-found' } : { kind: 'finding', finding };
    }
    case 'changes': {
      const { since, until } = query;
      const around = { since: Math.max(0, since - AROUND_MS), until: until + AROUND_MS };
      const told = joinedChanges(await changes.ofFunction(query, around));
      return { kind: 'changes', changes: told.filter(({ at }) => at >= since && at <= until) };
    }
  }
}
