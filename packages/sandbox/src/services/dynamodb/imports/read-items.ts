import { gunzipSync } from 'node:zlib';
import type { Item, TableDescription } from '../table.ts';
import { parseCsv } from './parse-csv.ts';

export interface ImportFormat {
  readonly format: 'DYNAMODB_JSON' | 'CSV';
  readonly compression: 'NONE' | 'GZIP';
  readonly delimiter: string;
  /** Names of a CSV's columns; its first row where absent. */
  readonly header?: readonly string[];
}

/** One line of an imported object: its item, or why it has none. */
export type ImportedLine = { readonly item: Item } | { readonly problem: string };

/**
 * The lines of an object. DYNAMODB_JSON has `{"Item": {…}}` in each line; a CSV's values are strings but for key attributes, which have the
 * type that the table gives them. Source: Developer Guide, "Amazon S3 import formats for DynamoDB".
 */
export function* readItems(body: Buffer, how: ImportFormat, table: TableDescription): Generator<ImportedLine> {
  const text = (how.compression === 'GZIP' ? gunzipSync(body) : body).toString('utf8').replace(/^\ufeff/, '');
  yield* how.format === 'CSV' ? csvItems(text, how, table) : jsonItems(text);
}

function* jsonItems(text: string): Generator<ImportedLine> {
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      const { Item: item } = JSON.parse(line) as { Item?: Item };
      yield item && typeof item === 'object' ? { item } : { problem: 'The line has no Item.' };
    } catch {
      yield { problem: 'The line is not JSON.' };
    }
  }
}

function* csvItems(
  text: string,
  { delimiter, header }: ImportFormat,
  table: TableDescription,
): Generator<ImportedLine> {
  const types = new Map(table.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]));
  let names = header;
  for (const row of parseCsv(text, delimiter)) {
    if (!names) names = row;
    else if (row.length !== names.length) {
      yield { problem: `The row has ${row.length} fields, its header ${names.length}.` };
    } else {
      yield {
        item: Object.fromEntries(names.map((name, column) => [name, { [types.get(name) ?? 'S']: row[column] }])),
      };
    }
  }
}
