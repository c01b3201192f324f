import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { AlarmState, AnnouncedAlarm, StateRecord } from './alarm.ts';
import type { AlarmMonitor } from './alarm-monitor.ts';
import { type AlarmRule, parseAlarmRule } from './alarm-rule.ts';
import { announceChange, assertActions } from './announce-change.ts';

/** What PutCompositeAlarm takes. */
export interface CompositeSettings {
  readonly AlarmName: string;
  readonly AlarmRule: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
}

export interface CompositeAlarm extends AnnouncedAlarm {
  readonly settings: CompositeSettings;
  readonly rule: AlarmRule;
  readonly updatedAt: number;
}

const NOT_EMULATED = ['ActionsSuppressor', 'ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'];

/** Alarms whose state a rule over other alarms decides; judged whenever one of those changes. */
export class CompositeAlarms {
  readonly alarms = new Map<string, CompositeAlarm>();
  readonly #context: ServiceContext;
  readonly #monitor: AlarmMonitor;

  constructor(context: ServiceContext, monitor: AlarmMonitor) {
    this.#context = context;
    this.#monitor = monitor;
    monitor.onChange = () => this.#judge();
  }

  /** Throws `ValidationError` for a rule that is none or names an alarm that is not there. */
  put(settings: CompositeSettings): CompositeAlarm {
    const given = NOT_EMULATED.filter((name) => (settings as unknown as Record<string, unknown>)[name] !== undefined);
    if (given.length > 0) throw invalid(`The sandbox does not emulate PutCompositeAlarm ${given.join(', ')}.`);
    assertActions(settings);
    const rule = parseAlarmRule(settings.AlarmRule ?? '');
    for (const name of rule.alarmNames) {
      if (this.#stateOf(name) === undefined) throw invalid(`AlarmRule names ${name}, which does not exist.`);
    }
    const { region, accountId, clock } = this.#context;
    const since = clock.now();
    const alarm: CompositeAlarm = {
      arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${settings.AlarmName}`,
      settings,
      rule,
      updatedAt: since,
      areActionsEnabled: settings.ActionsEnabled ?? true,
      state: this.alarms.get(settings.AlarmName)?.state ?? {
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        since,
      },
    };
    this.alarms.set(settings.AlarmName, alarm);
    this.#judge();
    return alarm;
  }

  /** Over again while something changes, because composite alarms may name each other; each pass settles at least one. */
  #judge(): void {
    for (let pass = 0; pass <= this.alarms.size; pass++) {
      const changed = [...this.alarms.values()].filter((alarm) => this.#judgeOne(alarm));
      if (changed.length === 0) return;
    }
  }

  #judgeOne(alarm: CompositeAlarm): boolean {
    const holds = alarm.rule.holds((name) => this.#stateOf(name) ?? 'INSUFFICIENT_DATA');
    const value = holds ? 'ALARM' : 'OK';
    const previous = alarm.state;
    if (value === previous.value) return false;
    alarm.state = this.#record(alarm, value);
    announceChange(this.#context, alarm, previous, { alarmRule: alarm.settings.AlarmRule });
    return true;
  }

  #record({ arn, rule }: CompositeAlarm, value: AlarmState): StateRecord {
    const since = this.#context.clock.now();
    const states = rule.alarmNames.map((name) => `${name} is ${this.#stateOf(name)}`).join(', ');
    return { value, reason: `${arn} transitioned to ${value} at ${new Date(since).toISOString()}: ${states}`, since };
  }

  #stateOf(name: string): AlarmState | undefined {
    return (this.#monitor.alarms.get(name) ?? this.alarms.get(name))?.state.value;
  }
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationError', message);
}
