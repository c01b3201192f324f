import { InputError } from '../input-error.ts';
import { askService, functionNameOf, type QueryFunction } from './ask-service.ts';
import type { Deployment } from './with-deployment.ts';

/** A contract's answers: `AlertsAnswer`. */
export interface AnswerSchema<Answer> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: Answer } | { readonly success: false; readonly error: Error };
}

/**
 * Asks a service of a deployment, and gives its answer as the contract has it. Throws {@link InputError} where it cannot be reached or is not
 * deployed, and where its answer is one of another release's contract.
 */
export async function answerOf<Answer>(
  deployment: Deployment,
  asked: QueryFunction,
  question: unknown,
  schema: AnswerSchema<Answer>,
): Promise<Answer> {
  const answer = schema.safeParse(await askService(deployment, asked, question));
  if (answer.success) return answer.data;
  throw new InputError(
    'other-release',
    `${functionNameOf(deployment, asked)} answers in a version that this clone does not know.`,
    `Ask from a clone of the release that is deployed, or deploy services/${asked.service} from this one.`,
    { cause: answer.error },
  );
}

/** For a question that the service does not take: it is older than this clone, or the question is none. */
export const notUnderstood = (deployment: Deployment, asked: QueryFunction, reason: string): InputError =>
  new InputError(
    'other-release',
    `${functionNameOf(deployment, asked)} does not understand: ${reason}`,
    `If it is of an older release, deploy services/${asked.service} again; else see --help.`,
  );
