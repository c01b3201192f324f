import type { EventContract } from './define-event.ts';
import { AlertChanged } from './events/alert-changed.ts';
import { AlertRequested } from './events/alert-requested.ts';
import { AnomalyDetected } from './events/anomaly-detected.ts';
import { BreachPredicted } from './events/breach-predicted.ts';
import { CompletenessMeasured } from './events/completeness-measured.ts';
import { ForecastPublished } from './events/forecast-published.ts';
import { InsightFound } from './events/insight-found.ts';
import { LogGroupSubscriptionDecided } from './events/log-group-subscription-decided.ts';
import { PayloadRejected } from './events/payload-rejected.ts';
import { ProvisioningAdvised } from './events/provisioning-advised.ts';
import { RemediationChanged } from './events/remediation-changed.ts';
import { WindowsClosed } from './events/windows-closed.ts';

/** Every event contract, as the lock and the documentation list them. */
export const eventContracts = [
  AlertChanged,
  AlertRequested,
  AnomalyDetected,
  BreachPredicted,
  CompletenessMeasured,
  ForecastPublished,
  InsightFound,
  LogGroupSubscriptionDecided,
  PayloadRejected,
  ProvisioningAdvised,
  RemediationChanged,
  WindowsClosed,
] as unknown as readonly EventContract<import('zod').ZodType>[];
