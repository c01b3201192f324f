import type { ExistingFilter } from './judge-filters.ts';

/** What the pre-flight check asks AWS; reads alone. */
export interface AwsPort {
  /** The value of an SSM parameter; undefined where there is none. */
  parameter(name: string): Promise<string | undefined>;
  /** Filters of a log group; none where there is no such group yet. */
  filters(logGroupName: string): Promise<readonly ExistingFilter[]>;
  /** Destinations of the account's subscription policies. */
  accountDestinations(): Promise<readonly string[]>;
}
