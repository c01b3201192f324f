import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventEntry } from '@lamplighter/contracts';
import { LamplighterError } from '../lamplighter-error.ts';

/** PutEvents takes ten entries a call. */
const MAX_ENTRIES = 10;

/**
 * Publishes on a bus. An entry that the bus refuses makes the whole effect fail, and so be repeated.
 * @throws LamplighterError `EVENT_REFUSED` with the bus's own code and message
 */
export function eventBridgePublisher(client: EventBridgeClient, eventBus: string) {
  return async (entries: readonly EventEntry[]): Promise<void> => {
    for (let at = 0; at < entries.length; at += MAX_ENTRIES) {
      const Entries = entries.slice(at, at + MAX_ENTRIES).map((entry) => ({ ...entry, EventBusName: eventBus }));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused) {
        const reason = `${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`;
        throw new LamplighterError('EVENT_REFUSED', `The event bus refused an event: ${reason}`);
      }
    }
  };
}
