import * as z from 'zod';
import type { AlertSignal } from '../alert-signal.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const AlarmStateChange = z.object({
  alarmName: z.string(),
  state: z.object({
    value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    reason: z.string().default(''),
    timestamp: z.string(),
  }),
  previousState: z.object({ value: z.string() }).optional(),
  configuration: z.object({ description: z.string().optional() }).optional(),
});

/** An alarm whose missing data is trouble is in ALARM from its creation until its first data. */
const NOTHING_YET = /no datapoints were received/;

/** Application Auto Scaling steers by alarms of its own, which are in ALARM whenever there is nothing to do. */
const STEERING = 'TargetTracking-';

/**
 * A CloudWatch alarm; undefined for one by which AWS steers. INSUFFICIENT_DATA is neither trouble nor recovery: it says that nobody knows, and is a warning
 * of its own. OK after anything but ALARM is no recovery: so each new alarm begins.
 */
export function signalFromAlarm(detail: unknown, resources: readonly string[]): AlertSignal | undefined {
  const { alarmName, state, previousState, configuration } = AlarmStateChange.parse(detail);
  if (alarmName.startsWith(STEERING)) return undefined;
  const id = resources[0] ?? alarmName;
  const at = Date.parse(state.timestamp);
  const isNew = previousState?.value === 'INSUFFICIENT_DATA' && NOTHING_YET.test(state.reason);
  return {
    kind: state.value === 'OK' ? 'resolve' : 'open',
    groupKey: `alarm/${id}`,
    subject: { kind: 'cloudwatch-alarm', id },
    revision: at,
    severity: isNew ? 'info' : state.value === 'ALARM' ? 'critical' : 'warning',
    title: state.value === 'INSUFFICIENT_DATA' ? `${alarmName} has no data` : `${alarmName} is in state ${state.value}`,
    text: [configuration?.description, state.reason].filter(Boolean).join('\n'),
    at,
    ...(state.value === 'OK' && previousState?.value !== 'ALARM' && { isMereEnd: true }),
  };
}
