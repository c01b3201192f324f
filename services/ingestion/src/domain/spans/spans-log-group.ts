/** Where CloudWatch puts the spans of an account that has Transaction Search on: one group a Region, of a fixed name. */
export const SPANS_LOG_GROUP = 'aws/spans';

/** Whether a log group is one to watch: a function's, or that of the spans. */
export function isWatched(logGroup: string, watchedPrefix: string): boolean {
  return logGroup.startsWith(watchedPrefix) || logGroup === SPANS_LOG_GROUP;
}
