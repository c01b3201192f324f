import { physicalName } from '../../../core/physical-name.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { ScheduleSettings } from '../schedule.ts';
import type { ScheduleBook } from '../schedule-book.ts';

/** `AWS::Scheduler::Schedule`: Ref is its name. An unknown property is refused as CreateSchedule refuses it. */
export function scheduleResource(book: ScheduleBook): ResourceProvider {
  return {
    async create(request) {
      const Name = String(request.properties.Name ?? physicalName(request, 64));
      const { arn } = await book.create(settingsOf(request.properties, Name));
      return { ref: Name, attributes: { Arn: arn } };
    },
    async update(created, { properties }) {
      const { settings, groupName } = bookEntry(book, created.attributes?.Arn ?? '');
      if ((properties.Name ?? settings.Name) !== settings.Name || (properties.GroupName ?? 'default') !== groupName) {
        throw new Error(`The sandbox cannot change Name or GroupName of the schedule ${settings.Name}.`);
      }
      await book.update(settingsOf(properties, settings.Name));
      return created;
    },
    async delete(created) {
      // One that is done may have deleted itself.
      const schedule = book.list().find(({ arn }) => arn === created.attributes?.Arn);
      if (schedule) book.delete(schedule.settings.Name, schedule.groupName);
    },
  };
}

function bookEntry(book: ScheduleBook, arn: string) {
  const [, groupName, name = ''] = arn.split('/');
  return book.get(name, groupName);
}

/** Templates write dates as text, and may write numbers as text. */
function settingsOf(properties: Readonly<Record<string, unknown>>, Name: string): ScheduleSettings {
  const seconds = (name: string) =>
    properties[name] === undefined ? {} : { [name]: Date.parse(String(properties[name])) / 1000 };
  return {
    ...(withNumbers(properties) as object),
    ...seconds('StartDate'),
    ...seconds('EndDate'),
    Name,
  } as ScheduleSettings;
}

const NUMBERS = new Set(['MaximumWindowInMinutes', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds']);

function withNumbers(value: unknown, name = ''): unknown {
  if (NUMBERS.has(name)) return Number(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withNumbers(member, key)]));
}
