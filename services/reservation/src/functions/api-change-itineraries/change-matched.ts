import { confirmationSchema } from '../../domain/api/booking-schemas.ts';
import { entityTag, isUnchanged } from '../../domain/api/entity-tag.ts';
import { viewOf } from '../../domain/api/itinerary-view.ts';
import { receiptOf } from '../../domain/api/receipt.ts';
import type { ChangeOf } from '../../domain/api/to-message.ts';
import { type Caller, maySee } from '../../domain/auth/caller.ts';
import type { Itinerary } from '../../domain/messages/itinerary.ts';
import type { ReservationMessage } from '../../domain/messages/reservation-message.ts';
import { compareVersions } from '../../domain/messages/version-stamp.ts';
import { type ApiAnswer, problem } from '../../http/api-answer.ts';
import type { ApiRequest } from '../../http/read-request.ts';
import { type Decision, type StoreChangeDeps, storeChange } from './store-change.ts';
import { type Change, type ChangeResult, type UnderKeyDeps, underKey } from './under-key.ts';

export type ChangeMatchedDeps = UnderKeyDeps & StoreChangeDeps;

export interface MatchedChange {
  readonly operation: string;
  readonly messageOf: (change: ChangeOf) => ReservationMessage;
}

/** A change of an itinerary that is as the caller read it: what a modification and a cancellation have in common. */
export async function changeMatched(
  request: ApiRequest,
  caller: Caller,
  { operation, messageOf, ...deps }: ChangeMatchedDeps & MatchedChange,
): Promise<ApiAnswer> {
  const confirmation = confirmationSchema.safeParse(request.path.confirmation);
  if (!confirmation.success) return problem('not-found');
  const make = async (change: Change): Promise<ChangeResult> => {
    const decide = (current: Itinerary | undefined) =>
      decisionOf(current, { caller, change, ifMatch: request.ifMatch ?? '', messageOf });
    const changed = await storeChange(confirmation.data, decide, deps);
    if (changed.kind === 'refuse') return { kind: 'nothing', answer: changed.refusal };
    return { kind: 'ended', outcome: { kind: 'receipt', status: 200, receipt: receiptOf(changed.itinerary) } };
  };
  return underKey(request, { caller, operation }, { ...deps, make });
}

interface Asked extends Pick<MatchedChange, 'messageOf'> {
  readonly caller: Caller;
  readonly change: Change;
  readonly ifMatch: string;
}

function decisionOf(
  current: Itinerary | undefined,
  { caller, change, ifMatch, messageOf }: Asked,
): Decision<ApiAnswer> {
  const property = current?.parts.property?.value.hotelCode;
  if (current === undefined || property === undefined || !maySee(caller, property)) return refuse(problem('not-found'));
  const of = { confirmation: current.confirmation, property };
  // An attempt that crashed after it wrote: the itinerary is not as it was read, because it is as it was asked for.
  const made = messageOf({ ...of, changedAtMs: change.startedAtMs });
  if (compareVersions(current.version, made.version) === 0) return { kind: 'apply', message: made };
  if (!isUnchanged(ifMatch, entityTag(viewOf(current)))) return refuse(problem('precondition-failed'));
  if (current.parts.state?.value.isCancelled) return refuse(problem('already-cancelled'));
  // A channel whose clock is ahead must not win over somebody who saw what it wrote.
  const changedAtMs = Math.max(change.startedAtMs, current.version.changedAtMs + 1);
  return { kind: 'apply', message: messageOf({ ...of, changedAtMs }) };
}

const refuse = (refusal: ApiAnswer): Decision<ApiAnswer> => ({ kind: 'refuse', refusal });
