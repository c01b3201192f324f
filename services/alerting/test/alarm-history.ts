/** A state that an alarm comes to; `silent` is ALARM by absence of data. */
export type AlarmTurn = 'OK' | 'ALARM' | 'silent' | 'INSUFFICIENT_DATA';

export interface AlarmChange {
  readonly turn: AlarmTurn;
  readonly before: AlarmTurn;
  readonly atMs: number;
  /** The event, JSON text. */
  readonly body: string;
}

export const PERIOD_MS = 60_000;
/** How long a first verdict proves nothing: three silent periods, one more, and a quarter of an hour. */
export const GRACE_MS = 4 * PERIOD_MS + 15 * 60_000;

const REASONS: Readonly<Record<AlarmTurn, string>> = {
  OK: 'Threshold Crossed: 1 out of the last 3 datapoints [1.0] was not less than the threshold (1.0).',
  ALARM: 'Threshold Crossed: 1 out of the last 1 datapoints [9.0] was greater than the threshold (1.0).',
  silent:
    'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
  INSUFFICIENT_DATA: 'Insufficient Data: 1 datapoint was unknown.',
};

const stateOf = (turn: AlarmTurn, atMs: number) => ({
  value: turn === 'silent' ? 'ALARM' : turn,
  reason: REASONS[turn],
  reasonData: JSON.stringify({ version: '1.0', period: PERIOD_MS / 1000 }),
  timestamp: new Date(atMs).toISOString().replace('Z', '+0000'),
});

/** The events of an alarm that is made at `startMs`, and has not been looked at then, as it comes to one state after the other. */
export function alarmHistory(startMs: number, turns: readonly { turn: AlarmTurn; afterMs: number }[]): AlarmChange[] {
  let before: AlarmTurn = 'INSUFFICIENT_DATA';
  let sinceMs = startMs;
  return turns.map(({ turn, afterMs }) => {
    const atMs = sinceMs + afterMs;
    const detail = { alarmName: 'a', state: stateOf(turn, atMs), previousState: stateOf(before, sinceMs) };
    const change = { turn, before, atMs, body: JSON.stringify(eventOf(detail, atMs)) };
    before = turn;
    sinceMs = atMs;
    return change;
  });
}

const eventOf = (detail: object, atMs: number) => ({
  id: `e-${atMs}`,
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: new Date(atMs).toISOString(),
  resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a'],
  detail,
});
