import * as z from 'zod';

/** A state of an alarm, as its events tell it. `reasonData` is JSON in a string. */
export const AlarmState = z.object({
  value: z.string(),
  reason: z.string().default(''),
  reasonData: z.string().optional(),
  timestamp: z.string().optional(),
});
export type AlarmState = z.output<typeof AlarmState>;

const FirstVerdict = z.object({
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  detail: z.object({
    state: AlarmState.extend({ value: z.literal('ALARM'), timestamp: z.string() }),
    previousState: z.object({ value: z.literal('INSUFFICIENT_DATA') }),
  }),
});

/** CloudWatch's words for an evaluation that had nothing to look at, with the number of periods that it looked at. */
const NOTHING_RECEIVED = /no datapoints were received for (\d+) periods?/;

/** Time for a metric to be published and an alarm to be evaluated. */
const SLACK_MS = 15 * 60_000;

/** Whether an alarm came to this state by the absence of data alone. */
export const isByAbsence = ({ reason }: AlarmState): boolean => NOTHING_RECEIVED.test(reason);

/**
 * An alarm that treats missing data as trouble looks back to before it existed, and is in ALARM from its creation until its first data. What it
 * watches has its whole evaluation range to give sign of life, and the period in which it does ends up to a period later; until then the
 * absence proves nothing.
 * @returns milliseconds; undefined where data was there, or the event does not tell the period
 */
export function graceMs(state: AlarmState): number | undefined {
  const periods = NOTHING_RECEIVED.exec(state.reason)?.[1];
  const periodSeconds = periodOf(state.reasonData);
  if (periods === undefined || periodSeconds === undefined) return undefined;
  return (Number(periods) + 1) * periodSeconds * 1000 + SLACK_MS;
}

/**
 * Until when, in epoch milliseconds, an event is an alarm's first verdict, which proves nothing yet; undefined for any other event, such as an
 * alarm that had data once and misses it now. An alarm that has none by then rings in earnest.
 */
export function provesNothingUntil(event: unknown): number | undefined {
  const { success, data } = FirstVerdict.safeParse(event);
  if (!success) return undefined;
  const grace = graceMs(data.detail.state);
  const until = Date.parse(data.detail.state.timestamp) + (grace ?? Number.NaN);
  return Number.isFinite(until) ? until : undefined;
}

const ReasonData = z.object({ period: z.number().positive() });

function periodOf(reasonData: string | undefined): number | undefined {
  try {
    return ReasonData.safeParse(JSON.parse(reasonData ?? '')).data?.period;
  } catch {
    return undefined;
  }
}
