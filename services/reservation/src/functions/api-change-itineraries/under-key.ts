import type { ApiKeys, ChangeOutcome, ChangeRegister, ChangeRequest } from '../../api-ports.ts';
import { keyedName } from '../../domain/api/keyed-names.ts';
import type { Caller } from '../../domain/auth/caller.ts';
import { type ApiAnswer, problem } from '../../http/api-answer.ts';
import type { ApiRequest } from '../../http/read-request.ts';

export interface UnderKeyDeps {
  readonly register: ChangeRegister;
  readonly keys: () => Promise<ApiKeys>;
  readonly now: () => number;
}

/** A change under way. Its id and start are the same for each attempt, so whatever is made of them is, too. */
export interface Change {
  readonly id: string;
  readonly startedAtMs: number;
}

/** An outcome to be kept, or a problem of which nothing came. */
export type ChangeResult =
  | { readonly kind: 'ended'; readonly outcome: ChangeOutcome }
  | { readonly kind: 'nothing'; readonly answer: ApiAnswer };

/**
 * Makes a change once for its caller and Idempotency-Key: a repetition is given the first outcome, another request under the same key is
 * refused, one while the first is under way is sent away. An attempt that crashed is taken up as what it was, once its time is over.
 */
export async function underKey(
  request: ApiRequest,
  { caller, operation }: { readonly caller: Caller; readonly operation: string },
  deps: UnderKeyDeps & { readonly make: (change: Change) => Promise<ChangeResult> },
): Promise<ApiAnswer> {
  const asked = await nameOf(request, caller.id, operation, deps);
  const beginning = await deps.register.begin(asked);
  switch (beginning.kind) {
    case 'in-progress':
      return problem('request-in-progress', { retryAfterSeconds: 1 });
    case 'another-request':
      return problem('idempotency-key-reused');
    case 'ended':
      return answerOf(beginning.outcome);
    case 'begun':
      return make(asked, beginning.startedAtMs, deps);
  }
}

async function nameOf(
  request: ApiRequest,
  callerId: string,
  operation: string,
  { keys, now }: UnderKeyDeps,
): Promise<ChangeRequest> {
  const { change: key } = await keys();
  const { idempotencyKey = '', path, ifMatch = '', rawBody } = request;
  return {
    id: keyedName(key, 'change', callerId, idempotencyKey),
    fingerprint: keyedName(key, 'content', operation, path.confirmation ?? '', ifMatch, rawBody),
    nowMs: now(),
  };
}

async function make(
  asked: ChangeRequest,
  startedAtMs: number,
  { register, make }: UnderKeyDeps & { readonly make: (change: Change) => Promise<ChangeResult> },
): Promise<ApiAnswer> {
  const result = await make({ id: asked.id, startedAtMs }).catch(async (error: unknown) => {
    await register.release(asked);
    throw error;
  });
  if (result.kind === 'nothing') {
    await register.release(asked);
    return result.answer;
  }
  await register.end(asked, result.outcome);
  return answerOf(result.outcome);
}

const answerOf = (outcome: ChangeOutcome): ApiAnswer =>
  outcome.kind === 'declined'
    ? problem('payment-declined')
    : { kind: 'done', status: outcome.status, body: outcome.receipt, entityTag: outcome.receipt.entityTag };
