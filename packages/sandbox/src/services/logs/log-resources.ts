import type { RequiredPermission, ServiceContext } from '../../core/service.ts';
import { ApiError } from '../../core/service.ts';

/**
 * ARNs that permissions of CloudWatch Logs are judged on. AWS judges group actions on `log-group:NAME:log-stream:`, which is why a
 * policy has to end in `:*`; only the tagging actions take the bare ARN of the group.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export class LogResources {
  readonly #prefix: string;

  constructor({ region, accountId }: Pick<ServiceContext, 'region' | 'accountId'>) {
    this.#prefix = `arn:aws:logs:${region}:${accountId}:log-group:`;
  }

  onGroup(action: string, input: GroupReference): readonly RequiredPermission[] {
    return [{ action: `logs:${action}`, resource: `${this.#prefix}${groupName(input)}:log-stream:` }];
  }

  onStream(action: string, input: GroupReference, logStream: string): readonly RequiredPermission[] {
    return [{ action: `logs:${action}`, resource: `${this.#prefix}${groupName(input)}:log-stream:${logStream}` }];
  }

  onAllGroups(action: string): readonly RequiredPermission[] {
    return [{ action: `logs:${action}`, resource: `${this.#prefix}:log-stream:` }];
  }
}

/** How requests name a group: by name, or by an identifier that is its name or its ARN. */
export interface GroupReference {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
}

export function groupName({ logGroupName, logGroupIdentifier }: GroupReference): string {
  const name =
    logGroupName ?? logGroupIdentifier?.replace(/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, '');
  if (!name) throw new ApiError('InvalidParameterException', 'Specify logGroupName or logGroupIdentifier.');
  return name;
}
