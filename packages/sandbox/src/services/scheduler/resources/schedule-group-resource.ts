import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { ScheduleBook } from '../schedule-book.ts';

/** `AWS::Scheduler::ScheduleGroup`: Ref is its name. */
export function scheduleGroupResource(book: ScheduleBook): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::Scheduler::ScheduleGroup', request.properties, ['Name', 'Tags']);
      const name = String(request.properties.Name ?? physicalName(request, 64));
      const { arn } = book.createGroup(name, request.properties.Tags as never);
      return { ref: name, attributes: { Arn: arn, State: 'ACTIVE' } };
    },
    async delete({ ref }) {
      book.deleteGroup(ref);
    },
  };
}
