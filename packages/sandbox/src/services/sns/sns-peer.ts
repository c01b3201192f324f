import type { Principal } from '../../core/peers.ts';
import type { TopicMail } from './delivery/mailbox.ts';

/** A message that one service has published for another. */
export interface TopicMessage {
  readonly message: string;
  readonly subject?: string | undefined;
  /** Message attributes of the type String. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface SnsPeer {
  /** Throws `NotFound`, and `AuthorizationError` or `AccessDeniedException` where the topic's policy or the role does not allow it. */
  publish(topicArn: string, message: TopicMessage, principal: Principal): Promise<void>;
  /** The dry run other services make on set-up: throws as `publish` would. */
  assertMayPublish(topicArn: string, principal: Principal): void;
  /** The mails that subscribers would have received, oldest first. */
  mails(): readonly TopicMail[];
}
