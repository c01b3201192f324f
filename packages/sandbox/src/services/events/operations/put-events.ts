import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission } from '../../../core/service.ts';
import type { EventRouter } from '../event-router.ts';
import { type EventsState, onResource } from '../events-state.ts';

interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Epoch seconds. */
  readonly Time?: number;
  readonly TraceHeader?: string;
}

interface PutEvents {
  readonly Entries: readonly PutEventsEntry[];
  readonly EndpointId?: string;
}

type EntryResult = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const MAX_ENTRIES = 10;
/** 1 MB since 2026-01-29: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_BYTES = 1_048_576;

export function putEvents(state: EventsState): JsonOperation {
  return {
    permissions: ({ Entries = [] }: PutEvents) => Entries.flatMap((entry) => entryPermission(state, entry)),
    handle({ Entries = [], EndpointId }: PutEvents) {
      if (EndpointId) throw invalid('The sandbox does not emulate PutEvents EndpointId.');
      if (Entries.length === 0 || Entries.length > MAX_ENTRIES) {
        throw invalid(
          `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MAX_ENTRIES}`,
        );
      }
      if (Entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > MAX_BYTES) {
        throw invalid('Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) => putEntry(state.router, entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
}

function entryPermission(state: EventsState, entry: PutEventsEntry): readonly RequiredPermission[] {
  const { EventBusName = 'default', Source = '', DetailType = '' } = entry;
  const resource = EventBusName.startsWith('arn:') ? EventBusName : `event-bus/${EventBusName}`;
  const context = { 'events:source': Source, 'events:detail-type': DetailType };
  return onResource(state, 'PutEvents', resource).map((permission) => ({ ...permission, context }));
}

/** Size as EventBridge counts it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function entryBytes({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function putEntry(router: EventRouter, entry: PutEventsEntry): EntryResult {
  const { Source, DetailType, Detail, Resources, Time, EventBusName } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value)
      return failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (Source?.startsWith('aws.')) return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parseDetail(Detail as string);
  if (detail === undefined) return failed('MalformedDetail', 'Detail is malformed.');
  try {
    const event = router.newEvent({
      source: Source as string,
      detailType: DetailType as string,
      detail,
      resources: Resources ?? [],
      ...(Time === undefined ? {} : { time: Time * 1000 }),
    });
    router.route(router.bus(EventBusName), event);
    return { EventId: event.id };
  } catch (error) {
    if (error instanceof ApiError) return failed(error.code, error.message);
    throw error;
  }
}

function parseDetail(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return detail !== null && typeof detail === 'object' && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

function failed(ErrorCode: string, ErrorMessage: string): EntryResult {
  return { ErrorCode, ErrorMessage };
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
