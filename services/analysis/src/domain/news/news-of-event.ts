import { BusEvent } from './bus-event.ts';
import type { FunctionNews } from './function-news.ts';
import { newsFromAlarm, newsFromAlarmConfiguration } from './news-from-alarm.ts';
import { newsFromApiCall } from './news-from-api-call.ts';
import { newsFromAsyncFailure } from './news-from-async-failure.ts';
import { newsFromRemediation } from './news-from-remediation.ts';
import { newsFromWindows } from './news-from-windows.ts';

const READERS: Readonly<Record<string, (event: BusEvent) => FunctionNews | undefined>> = {
  WindowsClosed: ({ detail }) => newsFromWindows(detail),
  'AWS API Call via CloudTrail': newsFromApiCall,
  'CloudWatch Alarm State Change': newsFromAlarm,
  'CloudWatch Alarm Configuration Change': newsFromAlarmConfiguration,
  'Lambda Function Invocation Result - Failure': newsFromAsyncFailure,
  RemediationChanged: newsFromRemediation,
};

/** What an event of EventBridge tells of a function; undefined where it tells nothing. @throws ZodError for an event that is not what it says it is */
export function newsOfEvent(event: unknown): FunctionNews | undefined {
  const parsed = BusEvent.parse(event);
  return READERS[parsed['detail-type']]?.(parsed);
}
