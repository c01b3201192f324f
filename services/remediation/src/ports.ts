import type { EventEntry, Finding, FunctionWindow, Remediation } from '@lamplighter/contracts';
import type {
  Change,
  Experience,
  GuardState,
  Meter,
  MeteredMinute,
  PlannedRemedy,
  RemedyContext,
} from '@lamplighter/remedies';
import type { RemediationConfig } from './domain/remediation-config.ts';
import type { Snapshot, StoredRemediation } from './domain/stored-remediation.ts';

export interface Read<T> {
  readonly value: T;
  readonly version: number;
}

export type WriteOutcome = 'written' | 'conflict';

/** A change that was let through: it counts against the rails until it is over, and against the day's after that. */
export interface ChangeRecord {
  readonly remediationId: string;
  readonly resourceKey: string;
  readonly at: number;
  readonly wasUndone: boolean;
  readonly isInForce: boolean;
  readonly costPerHourUsd: number;
  readonly costPerMonthUsd: number;
  /** Of that, what is paid once. Absent of rows of an earlier version, and where nothing is. */
  readonly costOnceUsd?: number;
  /** When it ceased to cost; absent while it is in force. */
  readonly endedAt?: number;
  /** What it sets and takes back after a while. Absent of rows of an earlier version, and of what stays. */
  readonly heldSettings?: readonly string[];
  /** With that: the change, and until about when it stays, epoch milliseconds. Absent of rows of an earlier version. */
  readonly hold?: { readonly change: Change; readonly until: number };
  /** It let its resource tell more, which need not cool down from that. */
  readonly isDiagnostic?: true;
}

export interface RemediationPort {
  read(remediationId: string): Promise<Read<StoredRemediation> | undefined>;
  /** Of a finding, in any state. */
  ofFinding(findingId: string): Promise<StoredRemediation[]>;
  recent(limit: number, cursor?: string): Promise<{ remediations: StoredRemediation[]; cursor?: string }>;
  /** All that wait for a person, planned first, first. */
  waiting(): Promise<StoredRemediation[]>;
  /** When repairs were planned for findings of a class on a function, epoch milliseconds; what follows an advice had no finding. */
  plannedFor(functionName: string, findingClass: Finding['class'], since: number): Promise<number[]>;
  /** Stores it if it is as it was read; version 0: if it is not there. */
  write(stored: StoredRemediation, version: number): Promise<WriteOutcome>;
}

/** What the guardrails look at, and the one place where a repair is let in: two never pass the same rail at once. */
export interface GuardPort {
  /** `replaces`: id of a repair whose place would be taken, and which costs nothing any more then. */
  state(
    now: number,
    replaces?: string,
  ): Promise<{ readonly state: Omit<GuardState, 'isKilled'>; readonly version: number }>;
  /** Takes the resource's lock and counts the change, if nobody else was let in since `version` was read. */
  admit(record: ChangeRecord, version: number): Promise<WriteOutcome>;
  /** Takes the resource's lock alone, for what was counted when it was admitted. Safe to repeat. */
  lock(record: Pick<ChangeRecord, 'remediationId' | 'resourceKey' | 'at'>): Promise<WriteOutcome>;
  /** Gives the lock back of what stays in force for a while: it is counted on. Safe to repeat. */
  unlock(record: Pick<ChangeRecord, 'remediationId' | 'resourceKey'>): Promise<void>;
  /** Gives the lock back and notes how it ended. Safe to repeat. */
  release(record: ChangeRecord): Promise<void>;
  /** Gives the lock back of what was let in and changed nothing: no rail counts it any more. Safe to repeat. */
  forget(record: ChangeRecord): Promise<void>;
  /** Notes how what holds no lock ended. Safe to repeat. */
  note(record: ChangeRecord): Promise<void>;
}

/** What is known of a finding beside its repairs: events come in any order, and again. */
export interface FindingPort {
  /** Writes down where a finding stands, unless something newer is known of it already, which is answered instead. */
  note(seen: SeenFinding, now: number): Promise<SeenFinding>;
  newest(findingId: string): Promise<SeenFinding | undefined>;
}

export interface SeenFinding {
  readonly findingId: string;
  readonly revision: number;
  readonly isOver: boolean;
}

export interface ExperiencePort {
  all(): Promise<Experience[]>;
  /** Counts an outcome once for each repair. */
  learn(stored: StoredRemediation, outcome: 'kept' | 'undone'): Promise<void>;
}

export interface KillSwitchPort {
  isOn(): Promise<boolean>;
  set(isOn: boolean, by: string): Promise<void>;
}

export type ConfigPort = () => Promise<RemediationConfig>;

/** Reads what a playbook has to know of a finding's resource and its neighbours; what cannot be read is absent. */
export type ContextPort = (finding: Finding, now: number) => Promise<RemedyContext>;

/** What is planned, perhaps in another order: it may be asked for, and may not answer. */
export type AdviserPort = (finding: Finding, remedies: readonly PlannedRemedy[]) => Promise<Advised>;

export interface Advised {
  readonly remedies: readonly PlannedRemedy[];
  /** Absent where nobody was asked, or answered. */
  readonly advice?: NonNullable<Remediation['adviser']>;
}

/** A function's minutes, oldest first. */
export type WindowPort = (resource: Finding['resource'], since: number, until: number) => Promise<FunctionWindow[]>;

/** Whose figures are asked for: of a function, or of the stage of an HTTP API. */
export type Metered =
  | { readonly meter: Exclude<Meter, 'api-requests'>; readonly resource: Finding['resource'] }
  | { readonly meter: 'api-requests'; readonly apiId: string; readonly stage: string };

/** What no log tells, oldest minute first. */
export type MeterPort = (metered: Metered, since: number, until: number) => Promise<MeteredMinute[]>;

/** Reads and writes one resource. */
export interface ResourcePort {
  snapshot(change: Change, now: number): Promise<Snapshot>;
  /** `since`: when its snapshot was taken. */
  apply(change: Change, since: number): Promise<void>;
  /** Puts back what the change set, as far as it still is so; sentences about what was left to whoever changed it since. */
  undo(change: Change, restore: Change, moments: Moments): Promise<readonly string[]>;
}

/** Of a repair, epoch milliseconds. */
export interface Moments {
  /** When its snapshot was taken. */
  readonly takenAt: number;
  /** Absent where it was never written down that it was made. */
  readonly appliedAt?: number | undefined;
}

/** A resource port that may do nothing but these actions, on nothing but the change's resource. */
export type NarrowedResourcePort = (
  permissions: readonly string[],
  change: Change,
  remediationId: string,
) => Promise<ResourcePort>;

export type StartExecutionPort = (remediationId: string) => Promise<void>;
/** Begins to undo what was kept; nothing happens where that was begun already on the same day. */
export type WithdrawPort = (remediationId: string, now: number) => Promise<void>;
/** Gives an event back to the queue that it came from, to come again after a while. */
export type HoldEventPort = (body: string, delayMs: number) => Promise<void>;
/** Lets an execution go on; nothing happens when it no longer waits. */
export type ContinuePort = (taskToken: string, answer: object) => Promise<void>;
export type PublishPort = (entries: readonly EventEntry[]) => Promise<void>;
