import type { EventMatcher } from './event-pattern.ts';
import type { BusEvent } from './events-peer.ts';
import type { Schedule } from './schedule/schedule.ts';
import type { RuleTarget } from './targets/rule-target.ts';

export interface BusSettings {
  readonly description?: string;
  readonly kmsKeyIdentifier?: string;
  readonly deadLetterConfig?: { readonly Arn?: string };
}

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** What CreateEventBus was given beyond the name. */
  settings: BusSettings;
  readonly rules: Map<string, Rule>;
  /** Statements of the resource policy, by their id. */
  readonly policy: Map<string, Readonly<Record<string, unknown>>>;
  readonly tags: Map<string, string>;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly eventPattern?: string;
  readonly matches?: EventMatcher;
  readonly scheduleExpression?: string;
  readonly schedule?: Schedule;
  readonly targets: Map<string, RuleTarget>;
  readonly tags: Map<string, string>;
  isEnabled: boolean;
}

/** What an archive keeps, and for how long. */
export interface ArchiveFilter {
  readonly description?: string;
  readonly eventPattern?: string;
  /** 0 for ever. */
  readonly retentionDays: number;
  readonly matches: EventMatcher;
}

/** An archive keeps what went over a bus. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly sourceArn: string;
  readonly createdAt: number;
  settings: ArchiveFilter;
  readonly events: ArchivedEvent[];
}

/** An event, and when it came in: epoch milliseconds. */
export interface ArchivedEvent {
  readonly event: BusEvent;
  readonly receivedAt: number;
}
