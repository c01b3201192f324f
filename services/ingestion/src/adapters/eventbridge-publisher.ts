import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { inSizedParts } from '../domain/parts.ts';
import type { PublishPort } from '../ports.ts';

/** PutEvents takes ten entries and, since January 2026, 1 MB a call (Amazon EventBridge quotas); some is left for the names. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_000_000;

/** The bus `lamplighter`. An entry that the bus refuses makes the whole effect fail, and so be repeated. */
export function eventBridgePublisher(client: EventBridgeClient, eventBus: string): PublishPort {
  return async (entries) => {
    const calls = inSizedParts(entries, {
      maxItems: MAX_ENTRIES,
      maxBytes: MAX_BYTES,
      bytesOf: ({ Detail }) => Buffer.byteLength(Detail) + 200,
    });
    for (const call of calls) {
      const Entries = call.map((entry) => ({ ...entry, EventBusName: eventBus }));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused)
        throw new Error(`the event bus refused an event: ${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`);
    }
  };
}
