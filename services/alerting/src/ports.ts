import type { EventEntry } from '@lamplighter/contracts';
import type { AlertList } from './domain/alert-list.ts';
import type { Delivery } from './domain/delivery.ts';
import type { SendOutcome } from './domain/judge-attempt.ts';
import type { AlertingPolicy } from './domain/policy/policy.ts';
import type { OutgoingMessage } from './domain/render/outgoing-message.ts';
import type { Member, StoredAlert } from './domain/stored-alert.ts';

/** A thing as it was read, and what a write that builds on it has to find unchanged. */
export interface Read<T> {
  readonly value: T;
  readonly version: number;
}

export interface StoredAlertWithDeliveries {
  readonly alert: Read<StoredAlert>;
  readonly deliveries: readonly Read<Delivery>[];
}

/** Everything that changes together, or not at all. */
export interface OutboxChange {
  /** With the version that it was read at; 0 for one that is new. */
  readonly alert?: Read<StoredAlert>;
  /** The group's newest alert so far, which a new one replaces. */
  readonly replaces?: string;
  readonly members?: readonly Member[];
  readonly deliveries: readonly Read<Delivery>[];
  /** Deliveries of the same alert on which the decision rests: they have to be as they were read. */
  readonly unchanged?: readonly Read<Delivery>[];
}

export interface StoredGroup {
  readonly current?: StoredAlertWithDeliveries;
  /** The group's newest alert by name, even where the alert itself is not kept any more. */
  readonly newestId?: string;
}

/** `conflict`: somebody else was faster; read again and decide again. */
export type CommitOutcome = 'committed' | 'conflict';

export interface OutboxPort {
  /** The newest alert of a group, with its deliveries. */
  group(groupKey: string): Promise<StoredGroup>;
  /** What was last heard of subjects; nothing of those that are new. */
  members(subjects: readonly Member['subject'][]): Promise<Member[]>;
  alert(alertId: string): Promise<StoredAlertWithDeliveries | undefined>;
  commit(change: OutboxChange): Promise<CommitOutcome>;
  /** Those of these alerts that are kept, in this order. */
  read(alertIds: readonly string[]): Promise<StoredAlertWithDeliveries[]>;
  /** Names of the alerts in a list, newest first, thousands at a time: where an alert stands costs no reading of it. `since`: only those that were opened then or later. */
  listed(list: AlertList, since?: number): AsyncIterable<readonly string[]>;
  /** All alerts, newest first. */
  recent(limit: number, cursor?: string): Promise<{ alerts: StoredAlertWithDeliveries[]; cursor?: string }>;
}

/** Sends, and says what the channel made of it; never throws for what a channel may do. */
export type ChannelPort = (message: OutgoingMessage) => Promise<SendOutcome>;

export interface DeliveryOrder {
  readonly alertId: string;
  readonly channel: string;
  readonly recipient: string;
}

/** Has a delivery carried out, now or after a while. Orders may come twice. */
export type OrderDeliveryPort = (orders: readonly DeliveryOrder[], delayMs: number) => Promise<void>;

/** Has an event come again after a while, or before that: whoever takes it looks at the time. */
export type HoldEventPort = (body: string, delayMs: number) => Promise<void>;

/** Begins the escalation of an alert; the same run begins once. */
export type StartEscalationPort = (alertId: string, run: number) => Promise<void>;

/** The document in force. Throws when there is none or it is wrong: no alert may be dropped for it, so its events come again. */
export type PolicyPort = () => Promise<AlertingPolicy>;

export type PublishPort = (entries: readonly EventEntry[]) => Promise<void>;

/** Reports of every channel whether the synthetic alert reached it. */
export type ReportChannelsPort = (reached: readonly boolean[]) => Promise<void>;
