import type { AccountPolicy } from '../src/preflight/account-policy.ts';
import type { AwsPort, ExistingGroup } from '../src/preflight/aws-port.ts';
import type { ExistingFilter } from '../src/preflight/judge-filters.ts';

export const DESTINATION = 'arn:aws:lambda:us-east-1:123456789012:function:lamplighter-ingestion-dev-ingest-direct';

/** An account in memory: Lamplighter's stage dev, and what log groups have already. */
export class MemoryAws implements AwsPort {
  readonly parameters = new Map([['/lamplighter/dev/ingestion/destination-arn', DESTINATION]]);
  readonly existing = new Map<string, readonly ExistingFilter[]>();
  /** Log groups that are there, with their retention in days. */
  readonly groups = new Map<string, number | undefined>();
  /** Templates that stacks were deployed with last. */
  readonly templates = new Map<string, unknown>();
  policies: readonly AccountPolicy[] = [];
  calls = 0;

  async parameter(name: string): Promise<string | undefined> {
    this.calls += 1;
    return this.parameters.get(name);
  }

  async filters(logGroupName: string): Promise<readonly ExistingFilter[]> {
    this.calls += 1;
    return this.existing.get(logGroupName) ?? [];
  }

  async group(logGroupName: string): Promise<ExistingGroup | undefined> {
    this.calls += 1;
    if (!this.groups.has(logGroupName)) return undefined;
    const retentionDays = this.groups.get(logGroupName);
    return retentionDays === undefined ? {} : { retentionDays };
  }

  async deployedTemplate(stackName: string): Promise<unknown> {
    this.calls += 1;
    return this.templates.get(stackName);
  }

  async accountPolicies(): Promise<readonly AccountPolicy[]> {
    this.calls += 1;
    return this.policies;
  }

  /** Two filters of somebody else: as many as a group takes. */
  fill(logGroupName: string): void {
    this.existing.set(logGroupName, [
      { name: 'datadog', destinationArn: 'arn:datadog', filterPattern: '' },
      { name: 'siem', destinationArn: 'arn:siem', filterPattern: '' },
    ]);
  }
}
