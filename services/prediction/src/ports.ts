import type { EventEntry } from '@lamplighter/contracts';
import type { Capacity, GaugePoint, MetricSource, PredictionState, StoredSample } from '@lamplighter/prediction';
import type { FunctionMinutes } from './domain/account-minutes.ts';
import type { ToldAdvice } from './domain/advice-event.ts';
import type { BreachEvent, CapacityView, ForecastView } from './domain/forecast-view.ts';
import type { Settings } from './domain/limits-of.ts';
import type { Minutes } from './domain/parts/live-part.ts';
import type { AccountIdentity, GaugeIdentity, Subject } from './domain/subject.ts';

/** What is kept of a subject: how far it is foreseen, and what was foreseen and is not yet told. */
export interface StoredPrediction {
  readonly state: PredictionState;
  /** Stored, and not yet known to be on the bus: whoever comes next publishes it. */
  readonly untold: readonly EventEntry[];
  readonly settings: Settings;
  /** When the settings were read. */
  readonly settingsAt: number;
  /** Of an account: how much its code took, by the half day. */
  readonly codeSamples?: readonly StoredSample[];
  /** Of a function: what was last advised. */
  readonly advice?: ToldAdvice;
}

/** What is stored together with a prediction, for others to read. */
export interface PredictionRows {
  readonly view?: ForecastView;
  readonly capacity?: CapacityView;
  readonly breaches?: readonly BreachEvent[];
}

/** A subject as it was read or written: what the next write goes on from. */
export interface KnownPrediction {
  /** Absent where nothing is known of the subject yet. */
  readonly stored?: StoredPrediction;
  /** Of its live part, 0 where there is none: whoever writes over another one is refused. */
  readonly version: number;
  /** Version 0: none. Without minutes: none that can be continued. */
  readonly snapshot: { readonly version: number; readonly minutes?: Minutes };
}

export interface PredictionPort {
  read(subject: Subject): Promise<KnownPrediction>;
  /** How far a subject is foreseen, for a ninth of what it costs to read it; nothing where that is not known without reading it. */
  glance(subject: Subject): Promise<{ readonly newest?: number; readonly isTold: boolean } | undefined>;
  /** Stores what became of a known prediction, and its rows together with it, if nobody else did since it was read. */
  write(
    subject: Subject,
    known: KnownPrediction,
    next: StoredPrediction,
    options: { readonly rows: PredictionRows; readonly now: number },
  ): Promise<KnownPrediction | 'conflict'>;
  /** The last minutes of every function of an account. */
  minutesOf(account: AccountIdentity): Promise<FunctionMinutes[]>;
}

/** Which breaches, and how many at most. */
export interface WantedBreaches {
  readonly limit: number;
  /** How they stand; absent for any. */
  readonly changes?: readonly BreachEvent['change'][] | undefined;
  /** Of functions of this name alone. */
  readonly functionName?: string | undefined;
}

export interface ForecastPort {
  accounts(): Promise<AccountIdentity[]>;
  views(account: AccountIdentity): Promise<ForecastView[]>;
  /** Figures of streams, tables, clusters and APIs. */
  capacities(account: AccountIdentity): Promise<CapacityView[]>;
  /** How each breach that is wanted stands, newest first. */
  breaches(account: AccountIdentity, wanted: WantedBreaches): Promise<BreachEvent[]>;
}

/** What Lambda says of a subject: empty where it has none (of another account or region, or gone), undefined where it does not let itself be asked. Not what is provisioned. */
export type SettingsPort = (subject: Subject) => Promise<Settings | undefined>;

/** Environments that are kept ready for all versions and aliases of a function; undefined where Lambda does not let itself be asked. */
export type ProvisionedPort = (subject: Subject) => Promise<number | undefined>;

/** The first alias of a function, in order of the alphabet; undefined where Lambda does not let itself be asked. */
export type AliasPort = (subject: Subject) => Promise<{ readonly alias?: string } | undefined>;

/** Lambda, question by question: each costs of a quota that deploys need too. */
export interface LambdaPorts {
  readonly settings: SettingsPort;
  readonly provisioned: ProvisionedPort;
  readonly alias: AliasPort;
}

export type PublishPort = (entries: readonly EventEntry[]) => Promise<void>;

/** What could not be looked at, and why. */
export interface CapacityFailure {
  /** `streams`, `table rooms`. */
  readonly what: string;
  readonly error: Error;
  /** What may be there all the same: one of a kind, all of it where no name is given; absent where something that is there failed. */
  readonly unseen?: { readonly kind: Capacity['kind']; readonly name?: string };
}

/** Name of the error by which it is told that there are more of a kind than are watched: it is no fault, and no other look ends it. */
export const NOT_ALL_WATCHED = 'NotAllWatched';

/** Streams, tables, clusters and APIs that the functions of our own account and region use, and those that could not be asked for. */
export type CapacityPort = () => Promise<{
  readonly found: readonly Capacity[];
  readonly failed: readonly CapacityFailure[];
}>;

/** Figures of an account that were foreseen, without those of which it is known that they are gone. */
export type KnownGaugesPort = (account: AccountIdentity) => Promise<GaugeIdentity[]>;

/** What a metric showed in each whole minute of a range, epoch milliseconds. */
export type MeasurementPort = (
  source: MetricSource,
  range: { readonly from: number; readonly until: number },
) => Promise<GaugePoint[]>;
