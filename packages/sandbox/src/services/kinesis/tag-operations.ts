import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import type { Input, Streams } from './streams.ts';

/** Both generations of the tag calls: AddTagsToStream and its kin, and TagResource and its kin. */
export function tagOperations(streams: Streams): Record<string, JsonOperation> {
  const tag = (input: Input) => {
    const { tags } = streams.of(input);
    for (const [key, value] of Object.entries((input.Tags ?? {}) as Record<string, string>)) tags.set(key, value);
  };
  const untag = (input: Input) => {
    const { tags } = streams.of(input);
    for (const key of (input.TagKeys ?? []) as string[]) tags.delete(key);
  };
  const list = (input: Input) => [...streams.of(input).tags].map(([Key, Value]) => ({ Key, Value }));
  const on = (operation: string, handle: (input: Input) => unknown): [string, JsonOperation] => [
    operation,
    { permissions: (input: Input) => streams.permission(operation, input), handle: (input: Input) => handle(input) },
  ];
  return Object.fromEntries([
    on('AddTagsToStream', tag),
    on('RemoveTagsFromStream', untag),
    on('ListTagsForStream', (input) => ({ Tags: list(input), HasMoreTags: false })),
    on('TagResource', tag),
    on('UntagResource', untag),
    on('ListTagsForResource', (input) => ({ Tags: list(input) })),
  ]);
}
