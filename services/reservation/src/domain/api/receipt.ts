import type { Itinerary } from '../messages/itinerary.ts';
import type { Receipt } from './answer-schemas.ts';
import { entityTag } from './entity-tag.ts';
import { viewOf } from './itinerary-view.ts';

/** What a caller is told of a change that was made. */
export function receiptOf(itinerary: Itinerary, payment?: { readonly authorizationId: string }): Receipt {
  const view = viewOf(itinerary);
  const { confirmation, state } = view;
  return { confirmation, state, entityTag: entityTag(view), ...(payment && { payment }) };
}
