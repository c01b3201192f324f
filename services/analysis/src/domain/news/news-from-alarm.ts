import { isSteeringAlarm } from '@lamplighter/contracts';
import type { Fact } from '@lamplighter/diagnosis';
import * as z from 'zod';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

const Configuration = z.object({
  metrics: z
    .array(
      z.object({
        /** Of a metric of another account, as a monitoring account sees it. */
        accountId: z.string().optional(),
        metricStat: z
          .object({ metric: z.object({ dimensions: z.record(z.string(), z.string()).optional() }) })
          .optional(),
      }),
    )
    .default([]),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const AlarmChange = z.object({
  alarmName: z.string(),
  state: z.object({
    value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    reason: z.string().optional(),
    timestamp: z.string(),
  }),
  configuration: Configuration.optional(),
});

/** Of an alarm that is deleted or updated. A renamed one is deleted, and another one created. */
const AlarmConfigurationChange = z.object({
  alarmName: z.string(),
  operation: z.string(),
  configuration: Configuration.optional(),
  previousConfiguration: Configuration.optional(),
});

/** Lamplighter does not watch itself through its own audit: alarms on its functions go to alerting, as every alarm does. */
const OWN_PREFIX = 'lamplighter-';

/** An alarm on a function; undefined for one that is about something else, about Lamplighter, or that AWS steers by. @throws ZodError for another shape */
export function newsFromAlarm(event: BusEvent): FunctionNews | undefined {
  const { alarmName, state, configuration } = AlarmChange.parse(event.detail);
  const { value, reason, timestamp } = state;
  return newsOfAlarm(event, configuration, {
    kind: 'alarm',
    id: event.id,
    at: Date.parse(timestamp),
    alarmName,
    state: value,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** An alarm that watches a function no more, since it was deleted or set to watch something else. @throws ZodError for another shape */
export function newsFromAlarmConfiguration(event: BusEvent): FunctionNews | undefined {
  const { alarmName, operation, configuration, previousConfiguration } = AlarmConfigurationChange.parse(event.detail);
  const watched = operation === 'delete' ? configuration : operation === 'update' ? previousConfiguration : undefined;
  if (
    operation === 'update' &&
    functionIn(event, configuration)?.functionName === functionIn(event, watched)?.functionName
  )
    return undefined;
  const fact = { kind: 'alarm', id: event.id, at: Date.parse(event.time), alarmName, state: 'DELETED' } as const;
  return newsOfAlarm(event, watched, fact);
}

type Watched = z.infer<typeof Configuration> | undefined;

function newsOfAlarm(event: BusEvent, watched: Watched, fact: Fact & { kind: 'alarm' }): FunctionNews | undefined {
  const identity = functionIn(event, watched);
  if (identity === undefined || identity.functionName.startsWith(OWN_PREFIX) || isSteeringAlarm(fact.alarmName))
    return undefined;
  return newsOf(identity, { facts: [fact] });
}

function functionIn({ account, region }: BusEvent, watched: Watched) {
  for (const { metricStat, accountId = account } of watched?.metrics ?? []) {
    const functionName = metricStat?.metric.dimensions?.FunctionName;
    if (functionName !== undefined) return { accountId, region, functionName };
  }
  return undefined;
}
