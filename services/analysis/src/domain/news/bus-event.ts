import * as z from 'zod';

/** The envelope of EventBridge. */
export const BusEvent = z.object({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  account: z.string(),
  region: z.string(),
  time: z.string(),
  detail: z.unknown(),
});
export type BusEvent = z.infer<typeof BusEvent>;
