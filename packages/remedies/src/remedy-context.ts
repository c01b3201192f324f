import type { Finding } from '@lamplighter/contracts';
import type { Architecture } from '@lamplighter/pricing';
import type { TailFit } from '@lamplighter/time-series';
import type { MinuteDuration } from './traffic/creep-of-minutes.ts';

/** What a function's last minutes were like. Shares are 0 to 1. */
export interface Traffic {
  readonly minutes: number;
  readonly callsPerMinute: number;
  readonly peakConcurrency: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Absent where nobody called. */
  readonly meanMs?: number;
  /** Calls that ended badly, or met an error that they dealt with: a batch that failed in part, an API that answered 5xx by itself. */
  readonly failureShare: number;
  readonly timeoutShare: number;
  readonly outOfMemoryShare: number;
  readonly coldStartShare: number;
  readonly maxMemoryUsedMb: number;
  /** The most that an invocation used of what was configured; absent where no attempt told both. */
  readonly memoryUse?: number;
  /** The slowest tenth of the calls, in ms; absent where they are too few. */
  readonly tail?: TailFit;
  /** Of all attempts, those that were refused for want of concurrency; absent where nobody asked. */
  readonly throttledShare?: number;
  /** How far the reader of a stream was behind at most; absent where nobody asked. */
  readonly iteratorAgeMs?: number;
  /** Calls of each version, where attempts named theirs. */
  readonly byVersion?: readonly { readonly version: string; readonly calls: number; readonly failures: number }[];
}

/** Settings of a function as they are in force. */
export interface FunctionSettings {
  readonly functionName: string;
  readonly memorySizeMb: number;
  readonly timeoutS: number;
  readonly architecture: Architecture;
  readonly tracing: 'Active' | 'PassThrough';
  readonly applicationLogLevel?: string;
  /** Absent: no reservation. */
  readonly reservedConcurrency?: number;
  /** What no function of the account has reserved. */
  readonly unreservedConcurrency: number;
  readonly aliases: readonly {
    readonly name: string;
    readonly version: string;
    readonly weights: Readonly<Record<string, number>>;
    /** What the version was published with; absent where it could not be read. */
    readonly served?: {
      readonly memorySizeMb: number;
      readonly timeoutS: number;
      /** Absent: its variables cannot be read. */
      readonly fingerprint?: string | undefined;
    };
  }[];
  /** Of the code and the settings of `$LATEST`, memory and timeout apart: equal where nothing else differs. Read where an alias points to a version; absent where its variables cannot be. */
  readonly fingerprint?: string | undefined;
  /** Published versions, newest first. */
  readonly versions: readonly string[];
  /** Those of them that start from a snapshot (SnapStart). */
  readonly snapStarted?: readonly string[];
  /** Whose provisioned concurrency Application Auto Scaling chooses already. */
  readonly scaledAliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly mappings: readonly MappingSettings[];
}

/** Settings of an event source mapping as they are in force. */
export interface MappingSettings {
  readonly uuid: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** How long a batch is gathered before the function gets it. */
  readonly batchingWindowS?: number;
  /** Of a queue: how long what was received is hidden from others. Absent where it could not be read. */
  readonly visibilityTimeoutS?: number;
  /** And how long it keeps what nobody reads. */
  readonly retentionS?: number;
  readonly parallelizationFactor?: number;
  readonly maximumConcurrency?: number;
  readonly bisectBatchOnFunctionError?: boolean;
  readonly maximumRetryAttempts?: number;
  /** Where records go that are given up; absent: nowhere, they are discarded. */
  readonly failureDestination?: string;
}

/** A database that a function waits for, and a query in it that reads a whole table. */
export interface ClusterSettings {
  readonly clusterId: string;
  readonly clusterArn: string;
  readonly secretArn: string;
  readonly database: string;
  /** Of Aurora Serverless v2; absent of a cluster whose instances are all provisioned. */
  readonly minAcu?: number;
  readonly maxAcu?: number;
  /** Writer and readers: each scales, and costs, by itself. Absent: not known, one at least. */
  readonly instances?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** What EXPLAIN says of the slowest statement: a sequential scan, and what it filters by. */
  readonly sequentialScan?: { readonly table: string; readonly columns: readonly string[]; readonly statement: string };
}

/** A schedule of environments kept ready that the prediction advises, every day (UTC). */
export interface AdvisedSchedule {
  readonly functionName: string;
  readonly qualifier: string;
  readonly actions: readonly { readonly name: string; readonly schedule: string; readonly concurrency: number }[];
  /** More (or, negative, less) than doing nothing. */
  readonly extraUsdPerDay: number;
}

/** Everything that a playbook may look at. What could not be read is absent, and the playbook that needs it proposes nothing. */
export interface RemedyContext {
  readonly finding: Finding;
  readonly now: number;
  /** Since the finding opened. */
  readonly traffic: Traffic;
  /** Of the hour before. */
  readonly normal?: Traffic;
  /** Both, minute by minute. */
  readonly byMinute?: readonly MinuteDuration[];
  readonly function?: FunctionSettings;
  readonly cluster?: ClusterSettings;
  readonly stream?: {
    readonly streamName: string;
    readonly mode: 'ON_DEMAND' | 'PROVISIONED';
    readonly shards: number;
    /** Of enhanced fan-out, whoever reads by them; absent where there is none. */
    readonly consumers?: number;
  };
  readonly table?: {
    readonly tableName: string;
    readonly isOnDemand: boolean;
    /** Provisioned; 0 on demand. */
    readonly readUnits: number;
    readonly writeUnits: number;
    /** What it serves at once, a second. */
    readonly warmReadUnits?: number;
    readonly warmWriteUnits?: number;
  };
  /** Absent limits: none. */
  readonly cache?: {
    readonly cacheName: string;
    readonly engine: string;
    readonly maxStorageGb?: number;
    readonly maxEcpuPerSecond?: number;
  };
  /** What the queue that feeds the function has given up. */
  readonly deadLetters?: {
    readonly queueArn: string;
    readonly sourceQueueArn: string;
    readonly messages: number;
    /** Names of the other queues that give up into it. */
    readonly otherSources: readonly string[];
    /** Names of those of the two queues that a KMS key encrypts. */
    readonly keyed: readonly string[];
  };
  /** The API in front of the function. */
  readonly api?: {
    readonly protocol: 'HTTP' | 'REST';
    /** Its owner's word for it; its id is AWS's. */
    readonly name?: string;
    readonly apiId: string;
    readonly stage: string;
    /** Other functions answer some of its routes: what is done to the stage is done to them too. */
    readonly isShared: boolean;
    /** Absent: the stage has no limit of its own. */
    readonly rateLimit?: number;
    readonly burstLimit?: number;
    /** Of all requests, those that were answered 4xx since the finding opened, and in the hour before: 429 among them. Absent where nobody asked. */
    readonly refusedShare?: number;
    readonly usuallyRefusedShare?: number;
    /** Of the stage. */
    readonly tags?: Readonly<Record<string, string>>;
    /** Of a REST API that answers GET by this function. */
    readonly cache?: { readonly isOn: boolean };
  };
  /** When findings of this class were opened on this resource in the last two weeks and repaired, epoch milliseconds. */
  readonly earlier?: readonly number[];
  /** Where the plan is for an advice, not for a finding that somebody suffers from. */
  readonly advised?: AdvisedSchedule;
}
