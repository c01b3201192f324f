import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { matchesEventPattern } from '../event-pattern.ts';

interface TestEventPattern {
  readonly EventPattern: string;
  readonly Event: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export function testEventPattern(): JsonOperation {
  return {
    permissions: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    handle: ({ EventPattern, Event }: TestEventPattern) => ({
      Result: matchesEventPattern(EventPattern, parseEvent(Event)),
    }),
  };
}

function parseEvent(text: string): object {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new ApiError('ValidationException', 'Parameter Event is not valid JSON.'), { cause });
  }
  const missing = MANDATORY.filter((name) => event === null || typeof event !== 'object' || !(name in event));
  if (missing.length === 0) return event as object;
  throw new ApiError('ValidationException', `Parameter Event is not valid. Reason: it lacks ${missing.join(', ')}.`);
}
