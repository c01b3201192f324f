import type { RequiredPermission, ServiceContext } from '../../core/service.ts';
import type { ArchiveBook } from './archive-book.ts';
import type { EventRouter } from './event-router.ts';
import type { RuleBook } from './rule-book.ts';

/** What the operations and resources of EventBridge work on. */
export interface EventsState {
  readonly context: ServiceContext;
  readonly router: EventRouter;
  readonly rules: RuleBook;
  readonly archives: ArchiveBook;
}

/** A permission on a resource of EventBridge: `rule/orders/to-queue`, `event-bus/orders`. */
export function onResource(
  { context }: Pick<EventsState, 'context'>,
  action: string,
  resource: string,
): readonly RequiredPermission[] {
  const arn = resource.startsWith('arn:')
    ? resource
    : `arn:aws:events:${context.region}:${context.accountId}:${resource}`;
  return [{ action: `events:${action}`, resource: arn }];
}

/** `rule/NAME` on the default bus, `rule/BUS/NAME` on another one. */
export function rulePath(name: string, busNameOrArn = 'default'): string {
  const bus = busNameOrArn.replace(/^arn:[^/]+:event-bus\//, '');
  return bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`;
}
