import * as z from 'zod';
import type { Itinerary } from '../messages/itinerary.ts';
import { entityTag } from './entity-tag.ts';
import { viewOf } from './itinerary-view.ts';

/** The answer to a change. It names no guest, so that it can be kept with its Idempotency-Key and given again. */
export const receiptSchema = z.strictObject({
  confirmation: z.string(),
  state: z.enum(['booked', 'cancelled']),
  entityTag: z.string().meta({ description: 'Of the itinerary after the change, for If-Match and If-None-Match.' }),
  payment: z.strictObject({ authorizationId: z.string() }).optional(),
});

export type Receipt = z.infer<typeof receiptSchema>;

/** What a caller is told of a change that was made. */
export function receiptOf(itinerary: Itinerary, payment?: { readonly authorizationId: string }): Receipt {
  const view = viewOf(itinerary);
  const { confirmation, state } = view;
  return { confirmation, state, entityTag: entityTag(view), ...(payment && { payment }) };
}
