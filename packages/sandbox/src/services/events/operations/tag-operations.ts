import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { type EventsState, onResource } from '../events-state.ts';

interface TagRequest {
  readonly ResourceARN: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly TagKeys?: readonly string[];
}

/** TagResource, UntagResource, ListTagsForResource, of buses and rules. */
export function tagOperations(state: EventsState): Record<string, JsonOperation> {
  const tagsOf = ({ ResourceARN }: TagRequest): Map<string, string> => {
    const [kind = '', first = '', second] = (ResourceARN.split(':')[5] ?? '').split('/');
    if (kind === 'event-bus') return state.router.bus(first).tags;
    return (second === undefined ? state.rules.rule(first) : state.rules.rule(second, first)).tags;
  };
  const on = (action: string) => (input: TagRequest) => onResource(state, action, input.ResourceARN);
  return {
    TagResource: {
      permissions: on('TagResource'),
      handle(input: TagRequest) {
        for (const { Key, Value } of input.Tags ?? []) tagsOf(input).set(Key, Value);
      },
    },
    UntagResource: {
      permissions: on('UntagResource'),
      handle(input: TagRequest) {
        for (const key of input.TagKeys ?? []) tagsOf(input).delete(key);
      },
    },
    ListTagsForResource: {
      permissions: on('ListTagsForResource'),
      handle: (input: TagRequest) => ({ Tags: [...tagsOf(input)].map(([Key, Value]) => ({ Key, Value })) }),
    },
  };
}
