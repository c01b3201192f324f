import type { AwsCaller } from '../../core/aws-calls/aws-caller.ts';
import type { ServiceContext } from '../../core/service.ts';
import { assertSettings } from './assert-settings.ts';
import { Invocations, windowOffsetMs } from './invocations.ts';
import type { Schedule, ScheduleGroup, ScheduleSettings } from './schedule.ts';
import { conflict, notFound } from './schedule-error.ts';
import { invocationTimes } from './timing/invocation-times.ts';

/** Schedules in their groups, and the timers by which they run. */
export class ScheduleBook {
  readonly groups = new Map<string, ScheduleGroup>();
  readonly #context: ServiceContext;
  readonly #aws: AwsCaller;
  readonly #invocations: Invocations;
  readonly #schedules = new Map<string, Schedule>();

  constructor(context: ServiceContext, aws: AwsCaller) {
    this.#context = context;
    this.#aws = aws;
    this.#invocations = new Invocations(context, aws);
    this.createGroup('default');
  }

  arn(path: string): string {
    return `arn:aws:scheduler:${this.#context.region}:${this.#context.accountId}:${path}`;
  }

  list(): readonly Schedule[] {
    return [...this.#schedules.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  /** Throws `ResourceNotFoundException`. */
  get(name: string, groupName = 'default'): Schedule {
    const schedule = this.#schedules.get(`${groupName}/${name}`);
    if (!schedule) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  }

  group(name: string): ScheduleGroup {
    const group = this.groups.get(name);
    if (!group) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  createGroup(name: string, tags: readonly { readonly Key: string; readonly Value: string }[] = []): ScheduleGroup {
    if (this.groups.has(name)) throw conflict(`Schedule group ${name} already exists.`);
    const group = {
      name,
      arn: this.arn(`schedule-group/${name}`),
      createdAt: this.#context.clock.now(),
      tags: new Map(tags.map(({ Key, Value }) => [Key, Value])),
    };
    this.groups.set(name, group);
    return group;
  }

  /** Its schedules go with it. */
  deleteGroup(name: string): void {
    this.group(name);
    for (const { settings, groupName } of this.list()) if (groupName === name) this.delete(settings.Name, name);
    this.groups.delete(name);
  }

  /** Throws `ValidationException`, `ConflictException`, `ResourceNotFoundException`. */
  async create(settings: ScheduleSettings): Promise<Schedule> {
    const { Name, GroupName = 'default' } = settings;
    this.group(GroupName);
    if (this.#schedules.has(`${GroupName}/${Name}`)) throw conflict(`Schedule ${Name} already exists.`);
    return this.#put(settings, this.#context.clock.now());
  }

  /** Replaces all settings: what is not given is again what it is by default. */
  async update(settings: ScheduleSettings): Promise<Schedule> {
    const { createdAt } = this.get(settings.Name, settings.GroupName);
    return this.#put(settings, createdAt);
  }

  delete(name: string, groupName = 'default'): void {
    this.get(name, groupName).timer?.cancel();
    this.#schedules.delete(`${groupName}/${name}`);
  }

  stop(): void {
    this.#invocations.stop();
    for (const { timer } of this.#schedules.values()) timer?.cancel();
  }

  async #put(settings: ScheduleSettings, createdAt: number): Promise<Schedule> {
    const { Name, GroupName = 'default', StartDate, EndDate } = settings;
    await assertSettings(settings, this.#context, this.#aws);
    const now = this.#context.clock.now();
    const schedule: Schedule = {
      arn: this.arn(`schedule/${GroupName}/${Name}`),
      groupName: GroupName,
      settings,
      times: invocationTimes({
        ...settings,
        startMs: StartDate === undefined ? undefined : StartDate * 1000,
        endMs: EndDate === undefined ? undefined : EndDate * 1000,
        createdMs: now,
      }),
      createdAt,
      changedAt: now,
    };
    this.#schedules.get(`${GroupName}/${Name}`)?.timer?.cancel();
    this.#schedules.set(`${GroupName}/${Name}`, schedule);
    if (settings.State !== 'DISABLED') this.#await(schedule, now);
    return schedule;
  }

  #await(schedule: Schedule, atOrAfterMs: number): void {
    const { clock } = this.#context;
    const dueMs = schedule.times(atOrAfterMs);
    if (dueMs === undefined) return;
    schedule.timer = clock.schedule(dueMs + windowOffsetMs(schedule, dueMs) - clock.now(), () => {
      const done = this.#invocations.invoke(schedule, dueMs);
      this.#await(schedule, dueMs + 1);
      const isLast = schedule.times(dueMs + 1) === undefined;
      void done.then(() => this.#afterwards(schedule, isLast)).catch(this.#context.report);
    });
  }

  /** A schedule that is to go when it is done goes after its last invocation. */
  #afterwards(schedule: Schedule, isLast: boolean): void {
    const { Name, ActionAfterCompletion } = schedule.settings;
    const isCurrent = this.#schedules.get(`${schedule.groupName}/${Name}`) === schedule;
    if (isLast && isCurrent && ActionAfterCompletion === 'DELETE') this.delete(Name, schedule.groupName);
  }
}
