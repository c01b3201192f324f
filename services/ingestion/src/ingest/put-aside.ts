import { PayloadRejected } from '@lamplighter/contracts';
import { idempotencyKey } from '@lamplighter/lambda-kit';
import type { DeadLetter, DeadLetterPort, PublishPort } from '../ports.ts';

export interface PutAsideDeps {
  readonly deadLetters: DeadLetterPort;
  readonly publish: PublishPort;
}

/** Keeps what could not be read, with its reason, and says so on the bus. */
export async function putAside(letter: DeadLetter, deps: PutAsideDeps): Promise<void> {
  const location = await deps.deadLetters(letter);
  const { reason, detail, door, rejectedEvents } = letter;
  await deps.publish([
    PayloadRejected.entry({ reason, detail, door, location, rejectedEvents }, idempotencyKey(location)),
  ]);
}
