import { AwsCaller } from '../../core/aws-calls/aws-caller.ts';
import { restJsonService } from '../../core/protocols/rest-json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { groupOperations } from './operations/group-operations.ts';
import { scheduleOperations } from './operations/schedule-operations.ts';
import { scheduleGroupResource } from './resources/schedule-group-resource.ts';
import { scheduleResource } from './resources/schedule-resource.ts';
import { ScheduleBook } from './schedule-book.ts';

/** EventBridge Scheduler: one-time and recurring schedules on the injected clock, whose targets are called as their roles. */
export function createScheduler(context: ServiceContext): Emulated {
  const aws = new AwsCaller(context);
  const book = new ScheduleBook(context, aws);
  return {
    peer: undefined,
    service: restJsonService({
      signingName: 'scheduler',
      operations: { ...scheduleOperations(book), ...groupOperations(book) },
      resources: {
        'AWS::Scheduler::Schedule': scheduleResource(book),
        'AWS::Scheduler::ScheduleGroup': scheduleGroupResource(book),
      },
      stop: async () => {
        book.stop();
        aws.stop();
      },
    }),
  };
}
