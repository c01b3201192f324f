import { type CallMaker, emitManagementEvent } from '../../core/cloudtrail-event.ts';
import type { ServiceContext } from '../../core/service.ts';

/** Who made a log group. */
export type GroupCreator = CallMaker;

/** Puts what CloudTrail tells EventBridge about a new log group on the default bus. */
export function emitCreateLogGroup(
  context: ServiceContext,
  requestParameters: Readonly<Record<string, unknown>>,
  creator: GroupCreator,
): void {
  const told = { service: 'logs', eventName: 'CreateLogGroup', apiVersion: '20140328', responseElements: null };
  emitManagementEvent(context, { ...told, requestParameters }, creator);
}
