import type { EventContract } from './define-event.ts';
import { CompletenessMeasured } from './events/completeness-measured.ts';
import { LogGroupSubscriptionDecided } from './events/log-group-subscription-decided.ts';
import { PayloadRejected } from './events/payload-rejected.ts';

/** Every event contract, as the lock and the documentation list them. */
export const eventContracts = [
  CompletenessMeasured,
  LogGroupSubscriptionDecided,
  PayloadRejected,
] as unknown as readonly EventContract<import('zod').ZodType>[];
