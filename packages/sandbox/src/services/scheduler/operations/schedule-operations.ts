import type { RestJsonInput, RestJsonOperation } from '../../../core/protocols/rest-json-protocol.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { Schedule, ScheduleSettings, Target } from '../schedule.ts';
import type { ScheduleBook } from '../schedule-book.ts';
import { page } from './page.ts';
import { times } from './times.ts';

type Operations = Record<string, RestJsonOperation>;

/** CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule, ListSchedules. */
export function scheduleOperations(book: ScheduleBook): Operations {
  const path = '/schedules/{Name}';
  const nameOf = ({ path: { Name = '' } }: RestJsonInput) => Name;
  const groupOf = ({ query, body }: RestJsonInput) =>
    query.get('groupName') ?? (body.GroupName as string | undefined) ?? 'default';
  const on = (action: string) => (input: RestJsonInput) =>
    onSchedule(book, action, `${groupOf(input)}/${nameOf(input)}`);
  const settingsOf = (input: RestJsonInput) => ({ ...input.body, Name: nameOf(input) }) as unknown as ScheduleSettings;
  const withRole = (action: string) => (input: RestJsonInput) => [
    ...on(action)(input),
    ...passRole((input.body.Target as Target | undefined)?.RoleArn),
  ];
  return {
    CreateSchedule: {
      method: 'POST',
      route: path,
      permissions: withRole('CreateSchedule'),
      handle: async (input) => ({ ScheduleArn: (await book.create(settingsOf(input))).arn }),
    },
    GetSchedule: {
      method: 'GET',
      route: path,
      permissions: on('GetSchedule'),
      handle: (input) => describeSchedule(book.get(nameOf(input), groupOf(input))),
    },
    UpdateSchedule: {
      method: 'PUT',
      route: path,
      permissions: withRole('UpdateSchedule'),
      handle: async (input) => ({ ScheduleArn: (await book.update(settingsOf(input))).arn }),
    },
    DeleteSchedule: {
      method: 'DELETE',
      route: path,
      permissions: on('DeleteSchedule'),
      handle: (input) => book.delete(nameOf(input), groupOf(input)),
    },
    ListSchedules: {
      method: 'GET',
      route: '/schedules',
      permissions: () => onSchedule(book, 'ListSchedules', '*/*'),
      handle: ({ query }) => page('Schedules', listed(book, query).map(summary), query),
    },
  };
}

function listed(book: ScheduleBook, query: URLSearchParams): readonly Schedule[] {
  const [group, prefix, state] = [query.get('ScheduleGroup'), query.get('NamePrefix') ?? '', query.get('State')];
  return book
    .list()
    .filter(({ groupName, settings }) => (group === null || groupName === group) && settings.Name.startsWith(prefix))
    .filter(({ settings }) => state === null || (settings.State ?? 'ENABLED') === state);
}

function describeSchedule(schedule: Schedule): Record<string, unknown> {
  const { ClientToken: _, ...settings } = schedule.settings as ScheduleSettings & { readonly ClientToken?: string };
  return {
    ActionAfterCompletion: 'NONE',
    State: 'ENABLED',
    ScheduleExpressionTimezone: 'UTC',
    ...settings,
    Arn: schedule.arn,
    GroupName: schedule.groupName,
    ...times(schedule),
  };
}

function summary(schedule: Schedule): Record<string, unknown> {
  const { Name, State = 'ENABLED', Target } = schedule.settings;
  return {
    Arn: schedule.arn,
    Name,
    GroupName: schedule.groupName,
    State,
    Target: { Arn: Target.Arn },
    ...times(schedule),
  };
}

function onSchedule(book: ScheduleBook, action: string, path: string): readonly RequiredPermission[] {
  return [{ action: `scheduler:${action}`, resource: book.arn(`schedule/${path}`) }];
}

function passRole(resource: string | undefined): readonly RequiredPermission[] {
  if (resource === undefined) return [];
  return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }];
}
