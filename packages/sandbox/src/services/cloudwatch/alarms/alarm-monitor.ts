import { randomUUID } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { ClockTimer } from '../../../core/time/clock.ts';
import { runQueries } from '../metrics/metric-query.ts';
import { alignedTo, type MetricStore } from '../metrics/metric-store.ts';
import { type Alarm, type AlarmSettings, alarmPeriod, alarmQueries, type StateRecord } from './alarm.ts';
import { announceChange, metricConfiguration } from './announce-change.ts';
import { type Datapoints, EXTRA_PERIODS, evaluateAlarm } from './evaluate-alarm.ts';
import { stateReason, stateReasonData } from './state-reason.ts';

/** Alarms with a period under a minute are evaluated every ten seconds, all others every minute, as on AWS. */
const TICK_MS = 60_000;
const FAST_TICK_MS = 10_000;

/** The account's metric alarms, evaluated on the sandbox's clock for as long as there are any. */
export class AlarmMonitor {
  readonly alarms = new Map<string, Alarm>();
  /** Called after each change of an alarm's state. */
  onChange: () => void = () => undefined;
  readonly #context: ServiceContext;
  readonly #store: MetricStore;
  #timer: ClockTimer | undefined;

  constructor(context: ServiceContext, store: MetricStore) {
    this.#context = context;
    this.#store = store;
  }

  put(settings: AlarmSettings): Alarm {
    const { region, accountId, clock } = this.#context;
    const known = this.alarms.get(settings.AlarmName);
    const now = clock.now();
    const alarm: Alarm = {
      arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${settings.AlarmName}`,
      settings,
      metricId: known?.metricId ?? randomUUID(),
      updatedAt: now,
      areActionsEnabled: settings.ActionsEnabled ?? true,
      state: known?.state ?? { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', since: now },
    };
    // A query that cannot be answered is an error now, not at the first evaluation.
    runQueries(this.#store, alarmQueries(alarm), { fromMs: 0, untilMs: 0 });
    this.alarms.set(settings.AlarmName, alarm);
    this.#schedule();
    return alarm;
  }

  alarm(name: string): Alarm {
    const alarm = this.alarms.get(name);
    if (!alarm) throw new ApiError('ResourceNotFoundException', `Unknown alarm ${name}`, 404);
    return alarm;
  }

  changeState(alarm: Alarm, state: StateRecord): void {
    const previous = alarm.state;
    alarm.state = state;
    if (previous.value === state.value) return;
    announceChange(this.#context, alarm, previous, metricConfiguration(alarm));
    this.onChange();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #schedule(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.alarms.size === 0) return;
    const isFast = [...this.alarms.values()].some((alarm) => alarmPeriod(alarm) < 60);
    const tick = isFast ? FAST_TICK_MS : TICK_MS;
    const now = this.#context.clock.now();
    this.#timer = this.#context.clock.schedule(alignedTo(now, tick) + tick - now, () => {
      for (const alarm of this.alarms.values()) this.#evaluate(alarm);
      this.#schedule();
    });
  }

  #evaluate(alarm: Alarm): void {
    const { settings } = alarm;
    const nowMs = this.#context.clock.now();
    const periodSeconds = alarmPeriod(alarm);
    const untilMs = alignedTo(nowMs, periodSeconds * 1000);
    try {
      const datapoints = this.#datapoints(alarm, untilMs, periodSeconds * 1000);
      const value = evaluateAlarm(settings, datapoints, alarm.state.value);
      if (value === alarm.state.value) return;
      const evaluation = { settings, datapoints, periodSeconds, untilMs, nowMs };
      const reason = stateReason(value, evaluation);
      this.changeState(alarm, { value, reason, reasonData: stateReasonData(evaluation), since: nowMs });
    } catch (error) {
      this.#context.report(error);
    }
  }

  #datapoints(alarm: Alarm, untilMs: number, periodMs: number): Datapoints {
    const count = alarm.settings.EvaluationPeriods + EXTRA_PERIODS;
    const fromMs = untilMs - count * periodMs;
    const [result] = runQueries(this.#store, alarmQueries(alarm), { fromMs, untilMs }).values();
    return Array.from({ length: count }, (_, index) => result?.get(fromMs + index * periodMs));
  }
}
