import * as z from 'zod';
import type { AlertSignal } from '../alert-signal.ts';
import { AlarmState, graceMs, isByAbsence } from './first-verdict.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const AlarmStateChange = z.object({
  alarmName: z.string(),
  state: AlarmState.extend({ value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']), timestamp: z.string() }),
  previousState: AlarmState.optional(),
  configuration: z.object({ description: z.string().optional() }).optional(),
});

/** Application Auto Scaling steers by alarms of its own, which are in ALARM whenever there is nothing to do. */
const STEERING = 'TargetTracking-';

/**
 * A CloudWatch alarm; undefined for one by which AWS steers. INSUFFICIENT_DATA is neither trouble nor recovery: it says that nobody knows, and is a warning
 * of its own. OK after anything but ALARM is no recovery: so each new alarm begins; nor is it one after an ALARM that was held back, because it
 * proved nothing, and of which nobody heard.
 */
export function signalFromAlarm(detail: unknown, resources: readonly string[]): AlertSignal | undefined {
  const { alarmName, state, previousState, configuration } = AlarmStateChange.parse(detail);
  if (alarmName.startsWith(STEERING)) return undefined;
  const id = resources[0] ?? alarmName;
  const at = Date.parse(state.timestamp);
  // Held back until it proves something, unless nobody can say until when.
  const isNew = previousState?.value === 'INSUFFICIENT_DATA' && isByAbsence(state) && graceMs(state) === undefined;
  return {
    kind: state.value === 'OK' ? 'resolve' : 'open',
    groupKey: `alarm/${id}`,
    subject: { kind: 'cloudwatch-alarm', id },
    revision: at,
    severity: isNew ? 'info' : state.value === 'ALARM' ? 'critical' : 'warning',
    title: state.value === 'INSUFFICIENT_DATA' ? `${alarmName} has no data` : `${alarmName} is in state ${state.value}`,
    text: [configuration?.description, state.reason].filter(Boolean).join('\n'),
    at,
    ...(state.value === 'OK' && !isRecovery(previousState, at) && { isMereEnd: true }),
  };
}

function isRecovery(before: AlarmState | undefined, at: number): boolean {
  if (before?.value !== 'ALARM') return false;
  const heldUntil = Date.parse(before.timestamp ?? '') + (graceMs(before) ?? Number.NaN);
  return !(at <= heldUntil);
}
