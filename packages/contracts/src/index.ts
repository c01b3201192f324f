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
