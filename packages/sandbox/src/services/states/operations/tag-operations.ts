import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { onArn, type StatesState } from '../states-state.ts';

interface TagRequest {
  readonly resourceArn: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly tagKeys?: readonly string[];
}

/** TagResource, UntagResource, ListTagsForResource, of state machines. */
export function tagOperations({ machines }: StatesState): Record<string, JsonOperation> {
  const on = (action: string) => (input: TagRequest) => onArn(action, input.resourceArn);
  const tagsOf = ({ resourceArn }: TagRequest): Map<string, string> => {
    const machine = machines.list().find(({ snapshot }) => snapshot.arn === resourceArn);
    if (!machine) throw new ApiError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
    return machine.tags;
  };
  return {
    TagResource: {
      permissions: on('TagResource'),
      handle(input: TagRequest) {
        const tags = tagsOf(input);
        for (const { key, value } of input.tags ?? []) tags.set(key, value);
      },
    },
    UntagResource: {
      permissions: on('UntagResource'),
      handle(input: TagRequest) {
        const tags = tagsOf(input);
        for (const key of input.tagKeys ?? []) tags.delete(key);
      },
    },
    ListTagsForResource: {
      permissions: on('ListTagsForResource'),
      handle: (input: TagRequest) => ({ tags: [...tagsOf(input)].map(([key, value]) => ({ key, value })) }),
    },
  };
}
