import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { deleteBus, type PermissionSettings, putPermission, removePermission } from '../bus-policy.ts';
import type { EventBus } from '../event-bus.ts';
import { type EventsState, onResource } from '../events-state.ts';
import { type ListRequest, listing } from './listing.ts';

interface CreateEventBus {
  readonly Name: string;
  readonly Description?: string;
  readonly KmsKeyIdentifier?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly EventSourceName?: string;
  readonly LogConfig?: unknown;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus, PutPermission, RemovePermission. */
export function busOperations(state: EventsState): Record<string, JsonOperation> {
  const { router } = state;
  const busPath = (name = 'default'): string => (name.startsWith('arn:') ? name : `event-bus/${name}`);
  return {
    CreateEventBus: {
      permissions: (input: CreateEventBus) => onResource(state, 'CreateEventBus', busPath(input.Name)),
      handle(input: CreateEventBus) {
        if (input.EventSourceName || input.LogConfig) {
          throw new ApiError(
            'ValidationException',
            'The sandbox does not emulate CreateEventBus EventSourceName, LogConfig.',
          );
        }
        const bus = router.createBus(input.Name, {
          ...(input.Description ? { description: input.Description } : {}),
          ...(input.KmsKeyIdentifier ? { kmsKeyIdentifier: input.KmsKeyIdentifier } : {}),
          ...(input.DeadLetterConfig ? { deadLetterConfig: input.DeadLetterConfig } : {}),
        });
        for (const { Key, Value } of input.Tags ?? []) bus.tags.set(Key, Value);
        return { EventBusArn: bus.arn };
      },
    },
    DescribeEventBus: {
      permissions: (input: { Name?: string }) => onResource(state, 'DescribeEventBus', busPath(input.Name)),
      handle: (input: { Name?: string }) => describeBus(router.bus(input.Name)),
    },
    ListEventBuses: {
      permissions: () => onResource(state, 'ListEventBuses', 'event-bus/*'),
      handle(input: ListRequest) {
        const buses = [...router.buses.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
        return listing('EventBuses', buses.map(describeBus), input);
      },
    },
    DeleteEventBus: {
      permissions: (input: { Name: string }) => onResource(state, 'DeleteEventBus', busPath(input.Name)),
      handle: (input: { Name: string }) => deleteBus(router, input.Name),
    },
    PutPermission: {
      permissions: (input: PermissionSettings) => onResource(state, 'PutPermission', busPath(input.EventBusName)),
      handle: (input: PermissionSettings) => putPermission(router, input),
    },
    RemovePermission: {
      permissions: (input: { EventBusName?: string }) =>
        onResource(state, 'RemovePermission', busPath(input.EventBusName)),
      handle: (input: { EventBusName?: string; StatementId?: string; RemoveAllPermissions?: boolean }) =>
        removePermission(router, input),
    },
  };
}

function describeBus(bus: EventBus): Record<string, unknown> {
  const { description, kmsKeyIdentifier, deadLetterConfig } = bus.settings;
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [...bus.policy.values()] });
  return {
    Name: bus.name,
    Arn: bus.arn,
    ...(description ? { Description: description } : {}),
    ...(kmsKeyIdentifier ? { KmsKeyIdentifier: kmsKeyIdentifier } : {}),
    ...(deadLetterConfig ? { DeadLetterConfig: deadLetterConfig } : {}),
    ...(bus.policy.size > 0 ? { Policy } : {}),
    CreationTime: bus.createdAt / 1000,
    LastModifiedTime: bus.createdAt / 1000,
  };
}
