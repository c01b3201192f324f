import * as z from 'zod';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const AlarmChange = z.object({
  alarmName: z.string(),
  state: z.object({ value: z.string(), reason: z.string().optional(), timestamp: z.string() }),
  configuration: z
    .object({
      metrics: z
        .array(
          z.object({
            metricStat: z
              .object({ metric: z.object({ dimensions: z.record(z.string(), z.string()).optional() }) })
              .optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** Lamplighter does not watch itself through its own audit: alarms on its functions go to alerting, as every alarm does. */
const OWN_PREFIX = 'lamplighter-';

/** An alarm on a function; undefined for one that is about something else, about Lamplighter, or that has no data. @throws ZodError for another shape */
export function newsFromAlarm({ id, detail, account, region }: BusEvent): FunctionNews | undefined {
  const { alarmName, state, configuration } = AlarmChange.parse(detail);
  if (state.value !== 'ALARM' && state.value !== 'OK') return undefined;
  const names = (configuration?.metrics ?? []).map(({ metricStat }) => metricStat?.metric.dimensions?.FunctionName);
  const functionName = names.find((name) => name !== undefined);
  if (functionName === undefined || functionName.startsWith(OWN_PREFIX)) return undefined;
  const value = state.value;
  const reason = state.reason === undefined ? {} : { reason: state.reason };
  const fact = {
    kind: 'alarm' as const,
    id,
    at: Date.parse(state.timestamp),
    alarmName,
    state: value,
    ...reason,
  } as const;
  return newsOf({ accountId: account, region, functionName }, { facts: [fact] });
}
