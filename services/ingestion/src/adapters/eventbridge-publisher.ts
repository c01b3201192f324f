import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { PublishPort } from '../ports.ts';

/** PutEvents takes ten entries a call. */
const MAX_ENTRIES = 10;

/** The bus `lamplighter`. An entry that the bus refuses makes the whole effect fail, and so be repeated. */
export function eventBridgePublisher(client: EventBridgeClient, eventBus: string): PublishPort {
  return async (entries) => {
    for (let at = 0; at < entries.length; at += MAX_ENTRIES) {
      const Entries = entries.slice(at, at + MAX_ENTRIES).map((entry) => ({ ...entry, EventBusName: eventBus }));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused)
        throw new Error(`the event bus refused an event: ${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`);
    }
  };
}
