import { WindowsClosed } from '@lamplighter/contracts';
import { minuteLoadOf, type NewMinute } from '@lamplighter/prediction';
import * as z from 'zod';
import { subjectKey } from './subject.ts';

/** Minutes of one function, from one event or several. */
export interface FunctionNews {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
  readonly minutes: readonly NewMinute[];
}

const BusEvent = z.object({ detail: z.unknown() });

/** What an event of the bus tells. @throws ZodError for one that is not `WindowsClosed` */
export function newsOfEvent(event: unknown): FunctionNews {
  const { windows, ...identity } = WindowsClosed.parse(BusEvent.parse(event).detail).data;
  const minutes = windows.map(({ revision, figures }) => ({
    start: figures.start,
    revision,
    load: minuteLoadOf(figures),
  }));
  return { ...identity, minutes };
}

/** News of one function as one: the events of a batch are taken in together. */
export function byFunction(news: readonly FunctionNews[]): FunctionNews[] {
  const merged = new Map<string, FunctionNews>();
  for (const one of news) {
    const known = merged.get(subjectKey(one));
    merged.set(subjectKey(one), { ...one, minutes: [...(known?.minutes ?? []), ...one.minutes] });
  }
  return [...merged.values()];
}
