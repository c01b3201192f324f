import { badRequest, conflict, notDeployed, notFound, serviceFailed } from '../domain/problem.ts';
import type { Asked } from '../ports.ts';
import { ProblemError } from './problem-error.ts';

/**
 * The answer, where the service gave one of the wanted kind.
 * @throws ProblemError 404 `NOT_DEPLOYED` where the service is not deployed, 404 `NOT_FOUND` and 409 for its `not-found` and `refused`, 400 for `invalid-query`, else 502.
 */
export function expectAnswer<Answer extends { readonly kind: string }, Kind extends Answer['kind']>(
  service: string,
  asked: Asked<Answer>,
  kind: Kind,
): Extract<Answer, { kind: Kind }> {
  if (asked.kind === 'not-deployed') {
    throw new ProblemError(
      notDeployed(`The ${service} service of this stage is not deployed. Deploy it, then look again.`),
    );
  }
  if (asked.kind === 'failed') throw new ProblemError(serviceFailed(asked.reason));
  const { answer } = asked;
  if (answer.kind === kind) return answer as Extract<Answer, { kind: Kind }>;
  const reason = 'reason' in answer ? String(answer.reason) : '';
  if (answer.kind === 'not-found')
    throw new ProblemError(notFound(`The ${service} service does not know it (any more).`));
  if (answer.kind === 'refused') throw new ProblemError(conflict(reason));
  if (answer.kind === 'invalid-query') throw new ProblemError(badRequest(reason));
  throw new ProblemError(
    serviceFailed(`The ${service} service gave an answer that was not asked for: ${answer.kind}.`),
  );
}

/** The answer, or undefined for whatever reason there is none: for what is shown beside the thing that was asked for. */
export function answerIfAny<Answer extends { readonly kind: string }, Kind extends Answer['kind']>(
  asked: Asked<Answer>,
  kind: Kind,
): Extract<Answer, { kind: Kind }> | undefined {
  return asked.kind === 'answered' && asked.answer.kind === kind
    ? (asked.answer as Extract<Answer, { kind: Kind }>)
    : undefined;
}
