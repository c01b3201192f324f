import { gunzipSync } from 'node:zlib';
import { isObject, type Json, type JsonObject } from '../../../core/protocols/json.ts';
import type { ObjectStore } from '../integrations/object-store.ts';
import { fillOptional, numberOf } from '../interpreter/data-flow.ts';
import type { Frame } from '../interpreter/frame.ts';
import type { ItemReader, ReaderConfig } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { parseCsv } from './parse-csv.ts';

const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

/**
 * The items that an ItemReader finds in S3. Throws `States.ItemReaderFailed`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function readItems(
  reader: ItemReader,
  data: Json,
  frame: Frame,
  store: ObjectStore,
): Promise<readonly Json[]> {
  const input = fillOptional(reader.Parameters ?? {}, data, frame) as JsonObject;
  const config = reader.ReaderConfig ?? {};
  const most = numberOf({ value: config.MaxItems, path: config.MaxItemsPath, field: 'MaxItemsPath' }, data, frame);
  try {
    const items = reader.Resource.endsWith(':listObjectsV2')
      ? ((await store.list(input)) as unknown as readonly Json[])
      : await parseObject(await store.get(input), config, store);
    return most ? items.slice(0, most) : items;
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw failed(error instanceof Error ? error.message : String(error));
  }
}

async function parseObject(body: Buffer, config: ReaderConfig, store: ObjectStore): Promise<readonly Json[]> {
  const text = (isGzip(body) ? gunzipSync(body) : body).toString();
  switch (config.InputType) {
    case 'CSV':
      return csvItems(text, config);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Json);
    case 'MANIFEST':
      return inventoryItems(JSON.parse(text) as JsonObject, store);
    default:
      return jsonItems(JSON.parse(text) as Json, config.ItemsPointer);
  }
}

function jsonItems(document: Json, pointer = ''): readonly Json[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value: Json | undefined = document;
  for (const step of steps) value = (value as JsonObject | undefined)?.[step];
  if (Array.isArray(value)) return value;
  if (isObject(value)) return Object.entries(value).map(([Key, Value]) => ({ Key, Value }));
  throw failed('Attempting to map over non-iterable node.');
}

function csvItems(
  text: string,
  { CSVHeaderLocation, CSVHeaders = [], CSVDelimiter = 'COMMA' }: ReaderConfig,
): readonly Json[] {
  const rows = parseCsv(text, DELIMITERS[CSVDelimiter]);
  const [first = [], ...rest] = rows;
  return CSVHeaderLocation === 'GIVEN'
    ? rows.map((row) => rowItem(CSVHeaders, row))
    : rest.map((row) => rowItem(first, row));
}

function rowItem(headers: readonly string[], row: readonly string[]): Json {
  return Object.fromEntries(headers.map((header, index) => [header, row[index] ?? '']));
}

/** An S3 Inventory: its manifest names the files, whose rows have the columns of `fileSchema`. */
async function inventoryItems(manifest: JsonObject, store: ObjectStore): Promise<readonly Json[]> {
  if (manifest.fileFormat !== undefined && manifest.fileFormat !== 'CSV')
    throw failed(`The sandbox does not read inventories in ${String(manifest.fileFormat)}.`);
  const headers = String(manifest.fileSchema)
    .split(',')
    .map((name) => name.trim());
  const bucket = String(manifest.destinationBucket).replace(/^arn:aws:s3:::/, '');
  const files = (manifest.files ?? []) as readonly JsonObject[];
  const rows = await Promise.all(
    files.map(async ({ key }) => {
      const body = await store.get({ Bucket: bucket, Key: key as Json });
      return parseCsv((isGzip(body) ? gunzipSync(body) : body).toString());
    }),
  );
  return rows.flat().map((row) => rowItem(headers, row));
}

const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;
const failed = (reason: string): StateError => new StateError('States.ItemReaderFailed', reason);
