import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { ClockTimer } from '../../core/time/clock.ts';
import type { EventBus, Rule } from './event-bus.ts';
import { compileEventPattern } from './event-pattern.ts';
import type { EventRouter } from './event-router.ts';
import { parseSchedule } from './schedule/schedule.ts';
import { assertTarget, type RuleTarget } from './targets/rule-target.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_TARGETS = 5;
const MAX_RULES = 300;

/** What PutRule takes. */
export interface RuleSettings {
  readonly Name: string;
  readonly EventBusName?: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** The rules of all buses; those with a schedule run on the sandbox's clock. */
export class RuleBook {
  readonly #context: ServiceContext;
  readonly #router: EventRouter;
  readonly #timers = new Map<string, ClockTimer>();

  constructor(context: ServiceContext, router: EventRouter) {
    this.#context = context;
    this.#router = router;
  }

  /** Creates a rule, or changes it and keeps its targets. Throws `ValidationException`, `InvalidEventPatternException`. */
  put(settings: RuleSettings): Rule {
    const { Name: name, EventPattern, ScheduleExpression, Description, RoleArn } = settings;
    const bus = this.#router.bus(settings.EventBusName);
    this.#assertSettings(settings, bus);
    const { region, accountId } = this.#context;
    const path = bus.name === 'default' ? name : `${bus.name}/${name}`;
    const rule: Rule = {
      name,
      arn: `arn:aws:events:${region}:${accountId}:rule/${path}`,
      busName: bus.name,
      ...(Description ? { description: Description } : {}),
      ...(RoleArn ? { roleArn: RoleArn } : {}),
      ...(EventPattern ? { eventPattern: EventPattern, matches: compileEventPattern(EventPattern) } : {}),
      ...(ScheduleExpression
        ? { scheduleExpression: ScheduleExpression, schedule: parseSchedule(ScheduleExpression) }
        : {}),
      targets: bus.rules.get(name)?.targets ?? new Map(),
      tags: new Map((settings.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      isEnabled: settings.State !== 'DISABLED',
    };
    bus.rules.set(name, rule);
    this.#reschedule(rule);
    return rule;
  }

  rule(name: string, busName?: string): Rule {
    const bus = this.#router.bus(busName);
    const rule = bus.rules.get(name);
    if (!rule) throw new ApiError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
    return rule;
  }

  setEnabled(rule: Rule, isEnabled: boolean): void {
    rule.isEnabled = isEnabled;
    this.#reschedule(rule);
  }

  /** Throws `ValidationException` while the rule has targets. */
  delete(rule: Rule): void {
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    this.#router.bus(rule.busName).rules.delete(rule.name);
    this.#cancel(rule);
  }

  putTargets(rule: Rule, targets: readonly RuleTarget[]): void {
    for (const target of targets) assertTarget(target);
    const ids = new Set([...rule.targets.keys(), ...targets.map(({ Id }) => Id)]);
    if (ids.size > MAX_TARGETS)
      throw new ApiError('LimitExceededException', `A rule has at most ${MAX_TARGETS} targets.`);
    for (const target of targets) rule.targets.set(target.Id, target);
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #assertSettings({ Name, EventPattern, ScheduleExpression, State }: RuleSettings, bus: EventBus): void {
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Name ?? '')) throw invalid(`The rule name ${Name} is not valid.`);
    if (!EventPattern && !ScheduleExpression)
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    if (ScheduleExpression && bus.name !== 'default')
      throw invalid('ScheduleExpression is supported only on the default event bus.');
    if (State !== undefined && State !== 'ENABLED' && State !== 'DISABLED')
      throw invalid(`The sandbox does not emulate the rule state ${State}.`);
    if ((EventPattern?.length ?? 0) > 4096) throw invalid('An event pattern has at most 4096 characters.');
    if (!bus.rules.has(Name) && bus.rules.size >= MAX_RULES)
      throw new ApiError('LimitExceededException', `A bus has at most ${MAX_RULES} rules.`);
  }

  #reschedule(rule: Rule): void {
    this.#cancel(rule);
    if (rule.isEnabled && rule.schedule) this.#await(rule, this.#context.clock.now());
  }

  #await(rule: Rule, afterMs: number): void {
    const dueMs = rule.schedule?.(afterMs);
    if (dueMs === undefined) return;
    const { clock } = this.#context;
    const timer = clock.schedule(dueMs - clock.now(), () => {
      this.#fire(rule, dueMs);
      this.#await(rule, dueMs);
    });
    this.#timers.set(rule.arn, timer);
  }

  #fire(rule: Rule, dueMs: number): void {
    const content = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rule.arn],
      time: dueMs,
    };
    this.#router.dispatch([rule], this.#router.newEvent(content));
  }

  #cancel(rule: Rule): void {
    this.#timers.get(rule.arn)?.cancel();
    this.#timers.delete(rule.arn);
  }
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
