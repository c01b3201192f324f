import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { groupName } from '../log-resources.ts';
import type { LogsState } from '../logs-state.ts';

interface TagRequest {
  readonly resourceArn: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagKeys?: readonly string[];
}

/** TagResource, UntagResource, ListTagsForResource: judged on the group's bare ARN, unlike everything else. */
export function tagOperations({ store }: LogsState): Record<string, JsonOperation> {
  const tagsOf = ({ resourceArn }: TagRequest): Map<string, string> => {
    if (!resourceArn?.includes(':log-group:')) {
      throw new ApiError('InvalidParameterException', `The sandbox tags log groups only, not ${resourceArn}.`);
    }
    return store.group(groupName({ logGroupIdentifier: resourceArn })).tags;
  };
  const on = (action: string) => (input: TagRequest) => [{ action: `logs:${action}`, resource: input.resourceArn }];
  return {
    TagResource: {
      permissions: on('TagResource'),
      handle(input: TagRequest) {
        for (const [key, value] of Object.entries(input.tags ?? {})) tagsOf(input).set(key, value);
      },
    },
    UntagResource: {
      permissions: on('UntagResource'),
      handle(input: TagRequest) {
        for (const key of input.tagKeys ?? []) tagsOf(input).delete(key);
      },
    },
    ListTagsForResource: {
      permissions: on('ListTagsForResource'),
      handle: (input: TagRequest) => ({ tags: Object.fromEntries(tagsOf(input)) }),
    },
  };
}
