import { parentPort, workerData } from 'node:worker_threads';
import { compileExtractor } from '../../../packages/xml-extract/src/index.ts';
import { RESERVATION_SHAPE } from './reservation-shape.ts';

/** What a worker is asked: to extract `count` messages, going round the given ones. */
export interface ExtractTask {
  readonly messages: readonly Uint8Array[];
  readonly count: number;
  readonly checkpoints: number;
}

/** What it answers. */
export interface ExtractAnswer {
  readonly extracted: number;
  /** Bytes of the heap in use after a collection, at each checkpoint. */
  readonly heapBytes: readonly number[];
}

const { messages, count, checkpoints } = workerData as ExtractTask;
const extract = compileExtractor(RESERVATION_SHAPE);
const heapBytes: number[] = [];
let extracted = 0;
for (let index = 0; index < count; index += 1) {
  if (extract(messages[index % messages.length]!).kind === 'extracted') extracted += 1;
  if ((index + 1) % Math.ceil(count / checkpoints) === 0) heapBytes.push(heapInUse());
}
parentPort!.postMessage({ extracted, heapBytes } satisfies ExtractAnswer);

function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
