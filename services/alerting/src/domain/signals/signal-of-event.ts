import * as z from 'zod';
import type { AlertSignal, SignalOrigin } from '../alert-signal.ts';
import { boundSignal } from './bound-signal.ts';
import { signalFromAlarm } from './signal-from-alarm.ts';
import { BusEvent, signalFromAnyEvent } from './signal-from-any-event.ts';
import { signalFromBreach } from './signal-from-breach.ts';
import { signalFromBudget } from './signal-from-budget.ts';
import { signalFromFinding } from './signal-from-finding.ts';
import { signalFromHealth } from './signal-from-health.ts';
import { signalFromRemediation } from './signal-from-remediation.ts';
import { signalFromRequest } from './signal-from-request.ts';
import { TopicMessage } from './topic-message.ts';

type Reader = (event: BusEvent, place: string) => AlertSignal | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  AnomalyDetected: ({ detail }, place) => signalFromFinding(detail, place),
  BreachPredicted: ({ detail, time }) => signalFromBreach(detail, Date.parse(time)),
  RemediationChanged: ({ detail }) => signalFromRemediation(detail),
  AlertRequested: ({ detail }) => signalFromRequest(detail),
  'CloudWatch Alarm State Change': ({ detail, resources }) => signalFromAlarm(detail, resources),
  'AWS Health Event': ({ detail }) => signalFromHealth(detail),
};

/**
 * What an event of EventBridge, or a message of the budgets' topic, means to the alerts; undefined where it asks nothing of anybody.
 * `place` names this deployment in commands to type: ` --stage prod --region eu-west-1`.
 * @throws ZodError or RangeError when an event does not have the shape that its type promises: such a one belongs to the dead letters.
 */
export function signalOfEvent(event: unknown, place = ''): AlertSignal | undefined {
  const message = TopicMessage.safeParse(event);
  if (message.success) return boundSignal(signalFromBudget(message.data));
  const parsed = BusEvent.parse(event);
  const reader = Object.hasOwn(READERS, parsed['detail-type']) ? READERS[parsed['detail-type']] : undefined;
  const signal = (reader ?? signalFromAnyEvent)(parsed, place);
  return signal && boundSignal(isOurs(parsed) ? signal : { ...signal, origin: originOf(parsed) });
}

const isOurs = ({ source }: BusEvent): boolean => source.startsWith('lamplighter.');

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const AlarmName = z.object({ alarmName: z.string() });

function originOf({ source, 'detail-type': detailType, detail, resources }: BusEvent): SignalOrigin {
  const named = AlarmName.safeParse(detail);
  return { source, detailType, name: named.data?.alarmName ?? resources[0] ?? '' };
}
