import { type SearchAnswer, SearchQuery } from '@lamplighter/contracts';
import { answerQuestion } from '@lamplighter/lambda-kit/answer-question';
import type { SearchPort } from '../../ports.ts';

/** Answers what somebody looks for. @throws ProblemError where the audit does not say whether there is a request of that id. */
export const querySearch = (question: unknown, search: SearchPort): Promise<SearchAnswer> =>
  answerQuestion(SearchQuery, question, async ({ kind: _, text, ...scope }) => {
    const { unanswered, ...found } = await search(text, scope);
    return { kind: 'found', ...found, hits: [...found.hits], ...(unanswered && { unanswered: [...unanswered] }) };
  });
