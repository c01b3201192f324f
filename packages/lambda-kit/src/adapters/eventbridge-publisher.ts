import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventEntry } from '@lamplighter/contracts';
import { LamplighterError } from '../lamplighter-error.ts';

/** PutEvents takes ten entries and, since January 2026, 1 MB a call (Amazon EventBridge quotas); some is left for the names. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_000_000;
const BYTES_OF_NAMES = 200;

/**
 * Publishes on a bus. An entry that the bus refuses makes the whole effect fail, and so be repeated.
 * @throws LamplighterError `EVENT_REFUSED` with the bus's own code and message
 */
export function eventBridgePublisher(client: EventBridgeClient, eventBus: string) {
  return async (entries: readonly EventEntry[]): Promise<void> => {
    for (const call of callsOf(entries)) {
      const Entries = call.map((entry) => ({ ...entry, EventBusName: eventBus }));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused) {
        const reason = `${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`;
        throw new LamplighterError('EVENT_REFUSED', `The event bus refused an event: ${reason}`);
      }
    }
  };
}

/** Entries in order, each call as full as it may be. */
function callsOf(entries: readonly EventEntry[]): EventEntry[][] {
  const calls: EventEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.Detail) + BYTES_OF_NAMES;
    if (calls.length === 0 || calls.at(-1)!.length === MAX_ENTRIES || bytes > room) {
      calls.push([]);
      room = MAX_BYTES;
    }
    calls.at(-1)!.push(entry);
    room -= bytes;
  }
  return calls;
}
