import type { AccountPolicy } from './account-policy.ts';
import type { ExistingFilter } from './judge-filters.ts';

/** What the pre-flight check asks AWS; reads alone. */
export interface AwsPort {
  /** The value of an SSM parameter; undefined where there is none. */
  parameter(name: string): Promise<string | undefined>;
  /** Filters of a log group; none where there is no such group yet. */
  filters(logGroupName: string): Promise<readonly ExistingFilter[]>;
  /** A log group as it is now; undefined where there is none yet. */
  group(logGroupName: string): Promise<ExistingGroup | undefined>;
  /** The template that a stack was deployed with last; undefined where there is no stack. */
  deployedTemplate(stackName: string): Promise<unknown>;
  /** The account's subscription policies. */
  accountPolicies(): Promise<readonly AccountPolicy[]>;
}

export interface ExistingGroup {
  /** Absent: it keeps its logs for ever. */
  readonly retentionDays?: number;
}
