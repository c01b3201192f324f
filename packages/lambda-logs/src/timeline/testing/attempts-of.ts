import { expect } from '@jest/globals';
import { ENVIRONMENT, end, report, requestId } from '../../../test/log-story.ts';
import { type Attempt, attributeStream, type LogEvent } from '../../index.ts';

export const A = requestId(1);
export const B = requestId(2);
export const OTHER = requestId(99);
/** The attempts of an environment's stream. */
export const attempts = (events: readonly LogEvent[]) => attributeStream(events, ENVIRONMENT).attempts;
/** The records with which an invocation ends, both at one time. */
export const ended = (id: string, atMs: number, durationMs = atMs): [number, string][] => [
  [atMs, end(id)],
  [atMs, report(id, durationMs)],
];
/** The attempt of a stream that has one, of request {@link A}. */
export const only = (events: readonly LogEvent[]): Attempt => {
  const found = attempts(events);
  expect(found.map(({ requestId: id }) => id)).toEqual([A]);
  return found[0] as Attempt;
};
