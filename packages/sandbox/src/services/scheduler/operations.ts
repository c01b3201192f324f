import type { RestJsonInput, RestJsonOperation } from '../../core/rest-json-protocol.ts';
import type { RequiredPermission } from '../../core/service.ts';
import type { Schedule, ScheduleGroup, ScheduleSettings, Target } from './schedule.ts';
import type { ScheduleBook } from './schedule-book.ts';
import { invalid } from './schedule-error.ts';

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

/** CreateScheduleGroup, GetScheduleGroup, DeleteScheduleGroup, ListScheduleGroups, and their tags. */
export function groupOperations(book: ScheduleBook): Operations {
  const path = '/schedule-groups/{Name}';
  const nameOf = ({ path: { Name = '' } }: RestJsonInput) => Name;
  const on = (action: string) => (input: RestJsonInput) => onGroup(book, action, nameOf(input));
  return {
    CreateScheduleGroup: {
      method: 'POST',
      route: path,
      permissions: on('CreateScheduleGroup'),
      handle: (input) => ({
        ScheduleGroupArn: book.createGroup(nameOf(input), input.body.Tags as readonly Tag[] | undefined).arn,
      }),
    },
    GetScheduleGroup: {
      method: 'GET',
      route: path,
      permissions: on('GetScheduleGroup'),
      handle: (input) => describeGroup(book.group(nameOf(input))),
    },
    DeleteScheduleGroup: {
      method: 'DELETE',
      route: path,
      permissions: on('DeleteScheduleGroup'),
      handle(input) {
        if (nameOf(input) === 'default') throw invalid('The default schedule group cannot be deleted.');
        book.deleteGroup(nameOf(input));
      },
    },
    ListScheduleGroups: {
      method: 'GET',
      route: '/schedule-groups',
      permissions: () => onGroup(book, 'ListScheduleGroups', '*'),
      handle: ({ query }) =>
        page(
          'ScheduleGroups',
          [...book.groups.values()]
            .filter(({ name }) => name.startsWith(query.get('NamePrefix') ?? ''))
            .map(describeGroup),
          query,
        ),
    },
    ...tagOperations(book),
  };
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** TagResource, UntagResource, ListTagsForResource: groups alone have tags. */
function tagOperations(book: ScheduleBook): Operations {
  const route = '/tags/{ResourceArn}';
  const tagsOf = ({ path: { ResourceArn = '' } }: RestJsonInput) =>
    book.group(ResourceArn.slice(ResourceArn.lastIndexOf('/') + 1)).tags;
  const on =
    (action: string) =>
    ({ path: { ResourceArn = '' } }: RestJsonInput) => [{ action: `scheduler:${action}`, resource: ResourceArn }];
  return {
    TagResource: {
      method: 'POST',
      route,
      permissions: on('TagResource'),
      handle(input) {
        for (const { Key, Value } of (input.body.Tags ?? []) as readonly Tag[]) tagsOf(input).set(Key, Value);
      },
    },
    UntagResource: {
      method: 'DELETE',
      route,
      permissions: on('UntagResource'),
      handle(input) {
        for (const key of input.query.getAll('TagKeys')) tagsOf(input).delete(key);
      },
    },
    ListTagsForResource: {
      method: 'GET',
      route,
      permissions: on('ListTagsForResource'),
      handle: (input) => ({ Tags: [...tagsOf(input)].map(([Key, Value]) => ({ Key, Value })) }),
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

function page(name: string, entries: readonly unknown[], query: URLSearchParams): Record<string, unknown> {
  const from = Number(query.get('NextToken') ?? 0);
  const to = from + Number(query.get('MaxResults') ?? 100);
  return { [name]: entries.slice(from, to), ...(to < entries.length ? { NextToken: String(to) } : {}) };
}

const times = ({ createdAt, changedAt }: { readonly createdAt: number; readonly changedAt: number }) => ({
  CreationDate: createdAt / 1000,
  LastModificationDate: changedAt / 1000,
});

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

function describeGroup({ name, arn, createdAt }: ScheduleGroup): Record<string, unknown> {
  return { Name: name, Arn: arn, State: 'ACTIVE', ...times({ createdAt, changedAt: createdAt }) };
}

function onSchedule(book: ScheduleBook, action: string, path: string): readonly RequiredPermission[] {
  return [{ action: `scheduler:${action}`, resource: book.arn(`schedule/${path}`) }];
}

function onGroup(book: ScheduleBook, action: string, name: string): readonly RequiredPermission[] {
  return [{ action: `scheduler:${action}`, resource: book.arn(`schedule-group/${name}`) }];
}

function passRole(resource: string | undefined): readonly RequiredPermission[] {
  if (resource === undefined) return [];
  return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }];
}
