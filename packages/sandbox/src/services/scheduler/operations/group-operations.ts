import type { RestJsonInput, RestJsonOperation } from '../../../core/protocols/rest-json-protocol.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { ScheduleGroup } from '../schedule.ts';
import type { ScheduleBook } from '../schedule-book.ts';
import { invalid } from '../schedule-error.ts';
import { page } from './page.ts';
import { times } from './times.ts';

type Operations = Record<string, RestJsonOperation>;

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

function describeGroup({ name, arn, createdAt }: ScheduleGroup): Record<string, unknown> {
  return { Name: name, Arn: arn, State: 'ACTIVE', ...times({ createdAt, changedAt: createdAt }) };
}

function onGroup(book: ScheduleBook, action: string, name: string): readonly RequiredPermission[] {
  return [{ action: `scheduler:${action}`, resource: book.arn(`schedule-group/${name}`) }];
}
