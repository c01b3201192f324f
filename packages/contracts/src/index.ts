export {
  AttemptSummary,
  AuditAnswer,
  AuditQuery,
  CompletenessHour,
  FunctionWindow,
  InvocationStory,
  InvocationSummary,
  StoryLine,
  WatchedFunction,
} from './audit-query.ts';
export { defineEvent, type EventContract, type EventDefinition, type EventEntry } from './define-event.ts';
export { eventContracts } from './event-contracts.ts';
export { CompletenessMeasured } from './events/completeness-measured.ts';
export { LogGroupSubscriptionDecided } from './events/log-group-subscription-decided.ts';
export { PayloadRejected } from './events/payload-rejected.ts';
export { lockOf } from './lock.ts';
