export { Alert } from './alert.ts';
export { AlertsAnswer, AlertsQuery } from './alerts-query.ts';
export {
  AttemptSummary,
  AuditAnswer,
  AuditQuery,
  CompletenessHour,
  InvocationStory,
  InvocationSummary,
  StoryLine,
  WatchedFunction,
} from './audit-query.ts';
export { commandsAt } from './commands-at.ts';
export { defineEvent, type EventContract, type EventDefinition, type EventEntry } from './define-event.ts';
export { eventContracts } from './event-contracts.ts';
export { AlertChanged } from './events/alert-changed.ts';
export { AlertRequested } from './events/alert-requested.ts';
export { AnomalyDetected } from './events/anomaly-detected.ts';
export { BreachPredicted } from './events/breach-predicted.ts';
export { CompletenessMeasured } from './events/completeness-measured.ts';
export { ForecastPublished } from './events/forecast-published.ts';
export { InsightFound } from './events/insight-found.ts';
export { LogGroupSubscriptionDecided } from './events/log-group-subscription-decided.ts';
export { PayloadRejected } from './events/payload-rejected.ts';
export { ProvisioningAdvised } from './events/provisioning-advised.ts';
export { RemediationChanged } from './events/remediation-changed.ts';
export { WindowsClosed } from './events/windows-closed.ts';
export { Evidence, Finding, FindingClass, RankedCause, Severity, WatchedResource } from './finding.ts';
export { FindingsAnswer, FindingsQuery } from './findings-query.ts';
export {
  CapacityForecast,
  CostForecast,
  ForecastScores,
  ForecastsAnswer,
  ForecastsQuery,
  ResourceForecast,
} from './forecasts-query.ts';
export { ChangedSetting, FunctionChange } from './function-change.ts';
export { ErrorTypeCount, FunctionWindow, VersionFigures } from './function-window.ts';
export { lockOf } from './lock.ts';
export { Remediation } from './remediation.ts';
export { RemediationsAnswer, RemediationsQuery } from './remediations-query.ts';
export { SearchAnswer, SearchHit, SearchQuery } from './search-query.ts';
export { isSteeringAlarm } from './steering-alarm.ts';
export { Trace, TraceSpan } from './trace.ts';
