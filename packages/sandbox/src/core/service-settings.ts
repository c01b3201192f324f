/** What a test may set of single services; each service reads its own part, once, at its start. */
export interface ServiceSettings {
  readonly rds?: RdsSettings;
  readonly lambda?: LambdaSettings;
}

/** How clusters of Aurora behave. */
export interface RdsSettings {
  /** Milliseconds of the sandbox's clock that a paused cluster takes to resume; about 15,000 on AWS, the default. 0 resumes at once. */
  readonly resumeMs?: number;
  /** Real milliseconds after which a statement of the Data API is given up; 45,000 on AWS, the default. */
  readonly statementTimeoutMs?: number;
}

/** How Lambda behaves. */
export interface LambdaSettings {
  /** Environments alive at one time over all functions, about 40 MB each; an eighth of the machine's memory, at most 64, where absent. */
  readonly maxEnvironments?: number;
  /** The account's concurrency; 1,000 where absent. */
  readonly accountConcurrency?: number;
  /** Seed of the draws that a weighted alias makes; 1 where absent, so that every run routes alike. */
  readonly seed?: number;
}
