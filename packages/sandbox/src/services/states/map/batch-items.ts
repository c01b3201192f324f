import type { Json } from '../../../core/protocols/json.ts';
import { fillOptional, numberOf } from '../interpreter/data-flow.ts';
import type { Frame } from '../interpreter/frame.ts';
import type { ItemBatcher } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';

/** What one child execution works on. */
export interface ChildInput {
  readonly input: Json;
  readonly itemCount: number;
}

const MOST_BYTES = 262_144;

/** Groups items into inputs `{ BatchInput, Items }`, none over a number of items or bytes. Without a batcher, each item is an input. */
export function batchItems(
  batcher: ItemBatcher | undefined,
  items: readonly Json[],
  data: Json,
  frame: Frame,
): readonly ChildInput[] {
  if (!batcher) return items.map((input) => ({ input, itemCount: 1 }));
  const { MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath } = batcher;
  const most = numberOf(
    { value: MaxItemsPerBatch, path: MaxItemsPerBatchPath, field: 'MaxItemsPerBatchPath' },
    data,
    frame,
  );
  const mostBytes = numberOf(
    { value: MaxInputBytesPerBatch, path: MaxInputBytesPerBatchPath, field: 'MaxInputBytesPerBatchPath' },
    data,
    frame,
  );
  const shared = batcher.BatchInput === undefined ? {} : { BatchInput: fillOptional(batcher.BatchInput, data, frame) };
  const limits = { items: most || Number.POSITIVE_INFINITY, bytes: Math.min(mostBytes || MOST_BYTES, MOST_BYTES) };
  return cut(items, limits, bytesOf({ ...shared, Items: [] })).map((Items) => ({
    input: { ...shared, Items },
    itemCount: Items.length,
  }));
}

function cut(
  items: readonly Json[],
  most: { readonly items: number; readonly bytes: number },
  emptyBytes: number,
): readonly (readonly Json[])[] {
  const batches: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item) + 1;
    if (emptyBytes + size > most.bytes)
      throw new StateError(
        'States.DataLimitExceeded',
        `An item of ${size} bytes does not fit into a batch of ${most.bytes} bytes.`,
      );
    const last = batches.at(-1);
    if (last && last.length < most.items && bytes + size <= most.bytes) {
      last.push(item);
      bytes += size;
    } else {
      batches.push([item]);
      bytes = emptyBytes + size;
    }
  }
  return batches;
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
