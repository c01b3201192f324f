import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../core/service.ts';
import type { ClockTimer } from '../../core/time/clock.ts';
import type { ScalableTarget, ScheduledAction, TargetKey } from './scalable-target.ts';
import { invalid, notFound } from './scaling-error.ts';
import { parseScalingSchedule } from './scaling-schedule.ts';
import { trackTarget } from './target-tracking.ts';

const MINUTE_MS = 60_000;
/** As much as the longest look back. */
const MINUTES_KEPT = 15;
const DIMENSION = 'lambda:function:ProvisionedConcurrency';
const RESOURCE = /^function:([A-Za-z0-9-_]{1,64}):([A-Za-z0-9-_]+)$/;

/** The targets, and what moves their capacity: actions when they are due, policies each minute. */
export class ScalingEngine {
  readonly #context: ServiceContext;
  readonly #targets = new Map<string, ScalableTarget>();
  #tick: ClockTimer | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  all(): readonly ScalableTarget[] {
    return [...this.#targets.values()];
  }

  find({ resourceId, dimension }: TargetKey): ScalableTarget | undefined {
    return this.#targets.get(`${resourceId}|${dimension}`);
  }

  /** Throws `ObjectNotFoundException`. */
  get(key: TargetKey): ScalableTarget {
    const target = this.find(key);
    if (target) return target;
    throw notFound(
      `No scalable target registered for service namespace: lambda, resource ID: ${key.resourceId}, scalable dimension: ${key.dimension}`,
    );
  }

  register(
    key: TargetKey,
    roleArn: string | undefined,
    capacity: { readonly min?: number; readonly max?: number },
  ): ScalableTarget {
    const known = this.find(key);
    const minCapacity = capacity.min ?? known?.minCapacity;
    const maxCapacity = capacity.max ?? known?.maxCapacity;
    if (minCapacity === undefined || maxCapacity === undefined)
      throw invalid('MinCapacity and MaxCapacity are required to register a new scalable target.');
    if (minCapacity > maxCapacity) throw invalid('Maximum capacity cannot be less than minimum capacity');
    functionOf(key);
    const target = known ?? this.#create(key, roleArn);
    Object.assign(target, { minCapacity, maxCapacity });
    return target;
  }

  deregister(key: TargetKey): void {
    for (const { timer } of this.get(key).actions.values()) timer?.cancel();
    this.#targets.delete(`${key.resourceId}|${key.dimension}`);
  }

  /** Puts an action in the place of one of the same name. Throws `ValidationException` for a schedule that cannot be read. */
  schedule(target: ScalableTarget, action: ScheduledAction, timezone: string | undefined): void {
    parseScalingSchedule(action.schedule, timezone);
    target.actions.get(action.name)?.timer?.cancel();
    this.#arm(target, action, Math.max(this.#context.clock.now(), (action.startMs ?? 0) - 1));
  }

  unschedule(target: ScalableTarget, name: string): void {
    const scheduled = target.actions.get(name);
    if (!scheduled)
      throw notFound(`No scheduled action found for service namespace: lambda, scheduled action name: ${name}`);
    scheduled.timer?.cancel();
    target.actions.delete(name);
  }

  /** Policies are looked at each minute, from the first of them on. */
  startTracking(): void {
    this.#tick ??= this.#context.clock.schedule(MINUTE_MS, () => {
      this.#tick = undefined;
      for (const target of this.all()) this.#guard(() => this.#track(target));
      if (this.all().some(({ policies }) => policies.size > 0)) this.startTracking();
    });
  }

  stop(): void {
    this.#tick?.cancel();
    for (const { actions } of this.all()) for (const { timer } of actions.values()) timer?.cancel();
  }

  #create(key: TargetKey, roleArn: string | undefined): ScalableTarget {
    const { region, accountId, clock } = this.#context;
    const target: ScalableTarget = {
      ...key,
      arn: `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/${randomUUID().replaceAll('-', '')}`,
      ...(roleArn === undefined ? {} : { roleArn }),
      createdAt: clock.now(),
      minCapacity: 0,
      maxCapacity: 0,
      isScheduleSuspended: false,
      isScaleInSuspended: false,
      isScaleOutSuspended: false,
      actions: new Map(),
      policies: new Map(),
      utilisation: [],
      activities: [],
    };
    this.#targets.set(`${key.resourceId}|${key.dimension}`, target);
    return target;
  }

  #arm(target: ScalableTarget, action: ScheduledAction, afterMs: number): void {
    const due = parseScalingSchedule(action.schedule, undefined)(afterMs);
    const isOver = due === undefined || due > (action.endMs ?? Number.POSITIVE_INFINITY);
    const timer = isOver
      ? undefined
      : this.#context.clock.schedule(due - this.#context.clock.now(), () => {
          this.#guard(() => this.#carryOut(target, action));
          this.#arm(target, action, due);
        });
    target.actions.set(action.name, { action, timer });
  }

  /** A scheduled action moves the bounds, and the capacity into them. */
  #carryOut(target: ScalableTarget, { name, minCapacity, maxCapacity }: ScheduledAction): void {
    if (target.isScheduleSuspended) return;
    target.minCapacity = minCapacity ?? target.minCapacity;
    target.maxCapacity = maxCapacity ?? target.maxCapacity;
    this.#setCapacity(target, this.#provisioned(target).requested, `scheduled action name ${name} was triggered`);
  }

  #track(target: ScalableTarget): void {
    const { requested, utilisation } = this.#provisioned(target);
    target.utilisation = [...target.utilisation, utilisation].slice(-MINUTES_KEPT);
    for (const { name, targetValue, isScaleInDisabled } of target.policies.values()) {
      const wanted = trackTarget({
        utilisation: target.utilisation,
        targetValue,
        current: requested,
        isScaleInDisabled,
      });
      if (wanted === undefined || wanted === requested) continue;
      const isSuspended = wanted > requested ? target.isScaleOutSuspended : target.isScaleInSuspended;
      if (!isSuspended) this.#setCapacity(target, wanted, `the alarm of policy ${name} was triggered`);
    }
  }

  #setCapacity(target: ScalableTarget, wanted: number, cause: string): void {
    const capacity = Math.min(target.maxCapacity, Math.max(target.minCapacity, wanted));
    const { name, qualifier } = functionOf(target);
    if (capacity === this.#provisioned(target).requested) return;
    this.#context.peers.lambda.setProvisionedConcurrency(name, qualifier, capacity);
    // Samples of the capacity of before say nothing of the new one.
    target.utilisation = [];
    target.activities.unshift({
      id: randomUUID(),
      at: this.#context.clock.now(),
      description: `Setting desired concurrency to ${capacity}.`,
      cause,
    });
  }

  #provisioned(target: ScalableTarget) {
    const { name, qualifier } = functionOf(target);
    return this.#context.peers.lambda.provisionedConcurrency(name, qualifier);
  }

  /** What fails at its time (the function is gone) has no caller to be told. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#context.report(error);
    }
  }
}

/** Throws `ValidationException` for what the sandbox does not scale. */
function functionOf({ resourceId, dimension }: TargetKey): { readonly name: string; readonly qualifier: string } {
  const [, name, qualifier] = dimension === DIMENSION ? (RESOURCE.exec(resourceId) ?? []) : [];
  if (name && qualifier) return { name, qualifier };
  throw invalid(`The sandbox scales ${DIMENSION} of function:NAME:ALIAS only, not ${dimension} of ${resourceId}.`);
}
