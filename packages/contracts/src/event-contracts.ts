import type { EventContract } from './define-event.ts';
import { AnomalyDetected } from './events/anomaly-detected.ts';
import { BreachPredicted } from './events/breach-predicted.ts';
import { CompletenessMeasured } from './events/completeness-measured.ts';
import { ForecastPublished } from './events/forecast-published.ts';
import { InsightFound } from './events/insight-found.ts';
import { LogGroupSubscriptionDecided } from './events/log-group-subscription-decided.ts';
import { PayloadRejected } from './events/payload-rejected.ts';
import { WindowsClosed } from './events/windows-closed.ts';

/** Every event contract, as the lock and the documentation list them. */
export const eventContracts = [
  AnomalyDetected,
  BreachPredicted,
  CompletenessMeasured,
  ForecastPublished,
  InsightFound,
  LogGroupSubscriptionDecided,
  PayloadRejected,
  WindowsClosed,
] as unknown as readonly EventContract<import('zod').ZodType>[];
