import type { Modification } from '../../domain/api/booking-schemas.ts';
import { modificationMessage } from '../../domain/api/to-message.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import { type ChangeMatchedDeps, changeMatched } from './change-matched.ts';

/** Modifies what the body names of an itinerary that is as the caller read it. */
export const modifyItinerary: OperationHandler<ChangeMatchedDeps> = (request, caller, deps) =>
  changeMatched(request, caller, {
    ...deps,
    operation: 'modifyItinerary',
    messageOf: (change) => modificationMessage(request.body as Modification, change),
  });
