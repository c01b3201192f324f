import type { Delivery } from '../delivery.ts';
import type { StoredAlert } from '../stored-alert.ts';

/** What a channel is given to send. */
export interface OutgoingMessage {
  readonly alert: StoredAlert;
  readonly delivery: Delivery;
  /** An earlier attempt ended without a trace: a message of that time, epoch milliseconds, may have been sent already. */
  readonly unsure?: { readonly since: number; readonly until: number };
  /** Where this recipient answers the alert; absent where the deployment has no address. */
  readonly answerUrl?: string;
}
