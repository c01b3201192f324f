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
  configuration: z.object({ description: z.string().optional() }).optional(),
});

/** A CloudWatch alarm. INSUFFICIENT_DATA is neither trouble nor recovery: it says that nobody knows, and is a warning of its own. */
export function signalFromAlarm(detail: unknown, resources: readonly string[]): AlertSignal {
  const { alarmName, state, configuration } = AlarmStateChange.parse(detail);
  const id = resources[0] ?? alarmName;
  const at = Date.parse(state.timestamp);
  return {
    kind: state.value === 'OK' ? 'resolve' : 'open',
    groupKey: `alarm/${id}`,
    subject: { kind: 'cloudwatch-alarm', id },
    revision: at,
    severity: state.value === 'ALARM' ? 'critical' : 'warning',
    title: state.value === 'INSUFFICIENT_DATA' ? `${alarmName} has no data` : `${alarmName} is in state ${state.value}`,
    text: [configuration?.description, state.reason].filter(Boolean).join('\n'),
    at,
  };
}
