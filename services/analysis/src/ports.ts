import type { EventEntry, Finding, FunctionChange } from '@lamplighter/contracts';
import type { FindingChange, FunctionContext, FunctionState, MessageCall, MetricMinute } from '@lamplighter/diagnosis';
import type { MetricQuestion } from './domain/asks-for-metrics.ts';
import type { Released } from './domain/changes/released.ts';
import type { Untimed } from './domain/changes/settings-found.ts';
import type { FunctionIdentity } from './domain/news/function-news.ts';
import type { PastRepair } from './domain/past-repairs.ts';
import type { TraceSample } from './domain/trace-sample.ts';

/** What is kept of a function: how far it is assessed, and what was found and is not yet told. */
export interface StoredAssessment {
  readonly state: FunctionState;
  /** Found, stored, and not yet known to be on the bus: whoever comes next publishes them. */
  readonly untold: readonly FindingChange[];
  readonly context: FunctionContext;
  /** When the function's settings were read. */
  readonly contextAt: number;
  /** What the function's event source mappings read; absent where they could not be asked. */
  readonly sources?: EventSources;
  /** What `$LATEST` was when the settings were read; absent where that is not known. */
  readonly released?: Released;
  /** What the last look that could not tell the time of a change left to calls that come later. */
  readonly untimed?: Untimed;
  /** The highest published version that was ever called; absent while there was none, and in assessments from before it was noted. */
  readonly highestVersion?: number;
  /** Group keys of findings that are in the state, as they were told first: a finding never changes its group. */
  readonly groups: Readonly<Record<string, string>>;
  readonly repairs: readonly PastRepair[];
}

export interface EventSources {
  readonly streams: boolean;
  readonly queues: boolean;
}

export interface AssessmentPort {
  /** `version` 0: nothing is known of the function yet. */
  read(identity: FunctionIdentity): Promise<{ readonly stored?: StoredAssessment; readonly version: number }>;
  /** Stores the assessment and its findings together, if nobody else did since it was read. */
  write(
    identity: FunctionIdentity,
    stored: StoredAssessment,
    options: { readonly version: number; readonly changes: readonly FindingChange[] },
  ): Promise<'written' | 'conflict'>;
}

/** A function, or all of a name where its account or region is not told. */
export interface FunctionNamed {
  readonly functionName: string;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

export interface FindingPort {
  /** Those that are open, or that opened since, newest first; of more than a thousand the worst. */
  open(since?: number): Promise<Finding[]>;
  recent(limit: number, cursor?: string): Promise<{ findings: Finding[]; cursor?: string }>;
  ofFunction(named: FunctionNamed, limit: number): Promise<Finding[]>;
  byId(findingId: string): Promise<Finding | undefined>;
}

export interface ChangePort {
  /** Keeps what was changed; the same again changes nothing. */
  note(changes: readonly FunctionChange[]): Promise<void>;
  /** Those of a time, both ends included, in any order; of very many the three hundred newest, and the three hundred oldest: what was there before a finding that is open for long. */
  ofFunction(
    named: FunctionNamed,
    range: { readonly since: number; readonly until: number },
  ): Promise<FunctionChange[]>;
}

/** What Lambda says of a function's settings; nothing where it cannot be asked (another account, a function that is gone). */
export type FunctionSettingsPort = (identity: FunctionIdentity) => Promise<FunctionSettings>;

export interface FunctionSettings extends Pick<FunctionContext, 'timeoutMs' | 'architecture' | 'concurrencyLimit'> {
  readonly sources?: EventSources;
  readonly released?: Released;
}

/** Figures of CloudWatch, minute by minute; none where they are not this account's. One call. */
export type MetricPort = (identity: FunctionIdentity, question: MetricQuestion) => Promise<readonly MetricMinute[]>;

/** The newest calls of a function since a time, at most `limit`, oldest first, with the messages that they processed. */
export type CallPort = (
  identity: FunctionIdentity,
  range: { readonly since: number; readonly until: number; readonly limit: number },
) => Promise<readonly MessageCall[]>;

/** Traces of a function's requests from before the onset and since, at most `limit` of each; none where there are none. */
export type TracePort = (
  identity: FunctionIdentity,
  question: {
    readonly onset: number;
    readonly until: number;
    readonly limit: number;
  },
) => Promise<TraceSample>;

/** Rewords and reorders what was found; never adds. Gives the finding back as it was when it has nothing valid to say. */
export type AdviserPort = (finding: Finding) => Promise<Finding>;

export type PublishPort = (entries: readonly EventEntry[]) => Promise<void>;
