import { cancellationMessage } from '../../domain/api/to-message.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import { type ChangeMatchedDeps, changeMatched } from './change-matched.ts';

/** Cancels an itinerary that is as the caller read it. */
export const cancelItinerary: OperationHandler<ChangeMatchedDeps> = (request, caller, deps) =>
  changeMatched(request, caller, { ...deps, operation: 'cancelItinerary', messageOf: cancellationMessage });
