import { gunzipSync } from 'node:zlib';

/** A distribution of durations: what a bucket stands for, in ms ascending, and how many calls are in it. */
export type SketchBins = readonly (readonly [valueMs: number, count: number])[];

const MOST_BYTES = 262_144;
const MOST_BINS = 4_096;
const LARGEST_MS = 1e9;

/**
 * Reads a DDSketch (Masson et al., VLDB 2019) as windows carry it: base64 of a gzipped protobuf message, see
 * https://github.com/DataDog/sketches-js/blob/main/src/ddsketch/proto/DDSketch.proto. Undefined for anything else, so that a broken sketch
 * costs its quantiles and nothing more. An own reader, because a bomb or a bucket far out must not take the memory of the process.
 */
export function readSketch(base64: string): SketchBins | undefined {
  // Most minutes have no cold start, and so an empty sketch of them: an error of the unpacker costs more than all else of a minute.
  if (base64 === '') return undefined;
  try {
    const bytes = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: MOST_BYTES });
    return readMessage(bytes);
  } catch {
    return undefined;
  }
}

interface Field {
  readonly number: number;
  readonly varint?: number;
  readonly double?: number;
  readonly bytes?: Buffer;
}

function readMessage(message: Buffer): SketchBins | undefined {
  const fields = [...fieldsOf(message)];
  const { gamma, indexOffset } = readMapping(fields.find(({ number }) => number === 1)?.bytes);
  if (!(gamma > 1 && gamma < 2 && Number.isFinite(indexOffset))) return undefined;
  const zeroCount = fields.find(({ number }) => number === 4)?.double ?? 0;
  const store = fields.find(({ number }) => number === 2)?.bytes;
  const toMs = (index: number): number => gamma ** (index - indexOffset) * (2 / (1 + gamma));
  const read = (store === undefined ? [] : readStore(store))
    .map(([index, count]) => [toMs(index), count] as const)
    .filter(([valueMs, count]) => valueMs > 0 && valueMs < LARGEST_MS && count > 0 && Number.isFinite(count));
  const zeros = zeroCount > 0 && Number.isFinite(zeroCount) ? [[0, zeroCount] as const] : [];
  return [...zeros, ...read].sort(([a], [b]) => a - b);
}

/** `IndexMapping`: bucket k ends at gamma^(k - offset). */
function readMapping(mapping: Buffer | undefined): { gamma: number; indexOffset: number } {
  const fields = mapping === undefined ? [] : [...fieldsOf(mapping)];
  const double = (wanted: number): number => fields.find(({ number }) => number === wanted)?.double ?? 0;
  return { gamma: double(1), indexOffset: double(2) };
}

/** `Store`: counts by index, in a run from an offset or one by one. */
function readStore(store: Buffer): [number, number][] {
  const counts: number[] = [];
  const bins: [number, number][] = [];
  let offset = 0;
  for (const field of fieldsOf(store)) {
    if (field.number === 1 && field.bytes !== undefined) bins.push(readEntry(field.bytes));
    if (field.number === 2) counts.push(...doublesOf(field));
    if (field.number === 3) offset = fromZigZag(field.varint ?? 0);
    if (counts.length + bins.length > MOST_BINS) throw new RangeError('a sketch has too many bins');
  }
  return [...bins, ...counts.map((count, index): [number, number] => [offset + index, count])];
}

/** A repeated double: packed, or one at a time. */
function doublesOf({ double, bytes }: Field): number[] {
  if (double !== undefined) return [double];
  return Array.from(
    { length: Math.floor((bytes?.length ?? 0) / 8) },
    (_, index) => bytes?.readDoubleLE(8 * index) ?? 0,
  );
}

function readEntry(entry: Buffer): [number, number] {
  let index = 0;
  let count = 0;
  for (const { number, varint, double } of fieldsOf(entry)) {
    if (number === 1) index = fromZigZag(varint ?? 0);
    if (number === 2) count = double ?? 0;
  }
  return [index, count];
}

const fromZigZag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** Fields of a protobuf message in their order; throws where it is cut or of another wire format. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 50; scale *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number of the sketch is too long');
  };
  while (at < message.length) {
    const tag = readVarint();
    const number = Math.floor(tag / 8);
    if (tag % 8 === 0) yield { number, varint: readVarint() };
    else if (tag % 8 === 1) {
      yield { number, double: message.readDoubleLE(at) };
      at += 8;
    } else if (tag % 8 === 2) {
      const length = readVarint();
      if (at + length > message.length) throw new RangeError('a field of the sketch is cut');
      yield { number, bytes: message.subarray(at, at + length) };
      at += length;
    } else throw new RangeError('a field of the sketch is of an unknown kind');
  }
}
