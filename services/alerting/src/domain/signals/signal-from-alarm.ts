import { isSteeringAlarm, type Severity } from '@lamplighter/contracts';
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

/**
 * A CloudWatch alarm; undefined for one by which AWS steers. INSUFFICIENT_DATA is neither trouble nor recovery: it says that nobody knows. After ALARM that
 * is a warning; after anything else information, since so falls each alarm of whatever is idle. ALARM is trouble even where its end is heard of first; only a first verdict, which is held back, is none once something newer is known. OK
 * after anything but ALARM is no recovery: so each new alarm begins.
 */
export function signalFromAlarm(detail: unknown, resources: readonly string[]): AlertSignal | undefined {
  const { alarmName, state, previousState, configuration } = AlarmStateChange.parse(detail);
  if (isSteeringAlarm(alarmName)) return undefined;
  const id = resources[0] ?? alarmName;
  const at = Date.parse(state.timestamp);
  const isFirstVerdict = previousState?.value === 'INSUFFICIENT_DATA' && isByAbsence(state);
  // Held back until it proves something, unless nobody can say until when.
  const isHeld = isFirstVerdict && graceMs(state) !== undefined;
  const end = state.value === 'OK' ? endOf(previousState, at) : undefined;
  const isTrouble = state.value === 'ALARM' || (end !== undefined && !end.isMereEnd);
  return {
    kind: state.value === 'OK' ? 'resolve' : 'open',
    groupKey: `alarm/${id}`,
    subject: { kind: 'cloudwatch-alarm', id },
    names: [alarmName],
    revision: at,
    severity: isTrouble ? (isFirstVerdict && !isHeld ? 'info' : 'critical') : severityOf(state, previousState),
    title: state.value === 'INSUFFICIENT_DATA' ? `${alarmName} has no data` : `${alarmName} is in state ${state.value}`,
    text: [configuration?.description, state.reason].filter(Boolean).join('\n'),
    at,
    ...(state.value === 'ALARM' && !isHeld && { countsWhenOver: true }),
    ...end,
  };
}

/** How bad it is that an alarm is not in ALARM: whatever is idle has no data. */
const severityOf = (state: AlarmState, before: AlarmState | undefined): Severity =>
  state.value === 'INSUFFICIENT_DATA' && before?.value !== 'ALARM' ? 'info' : 'warning';

/**
 * What an OK says of the state before it. An ALARM by absence may have been a first verdict, which proved nothing and was never told, or trouble like any
 * other: the event of the OK is the same. It leaves that to the event of the ALARM, which knows.
 */
function endOf(before: AlarmState | undefined, at: number): Pick<AlertSignal, 'isMereEnd' | 'endOf'> {
  if (before?.value !== 'ALARM') return { isMereEnd: true };
  const since = Date.parse(before.timestamp ?? '');
  const isProven = !isByAbsence(before) || at > since + (graceMs(before) ?? Number.NaN);
  if (!isProven) return { isMereEnd: true };
  return Number.isFinite(since) ? { endOf: since } : {};
}
