import { isDeepStrictEqual } from 'node:util';
import type { ServiceContext } from '../../../core/service.ts';
import type { Input } from '../dynalite.ts';
import type { Table } from '../table.ts';
import type { TableStore } from '../table-store.ts';
import { describeNew, tagsIn } from './new-description.ts';

/** What cannot be changed without building the table anew. */
const FIXED = ['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

/** Gives a table the settings of another template; its name, keys and indexes must be those that it has. */
export function reviseTable(store: TableStore, context: ServiceContext, table: Table, input: Input): void {
  const revised = describeNew(store, context, input);
  const { TableId, CreationDateTime } = table.description;
  const changed = FIXED.filter((name) => !isDeepStrictEqual(plain(revised[name]), plain(table.description[name])));
  if (changed.length > 0) {
    throw new Error(`The sandbox cannot change ${changed.join(', ')} of the table ${table.description.TableName}.`);
  }
  const { StreamSpecification, LatestStreamArn, LatestStreamLabel } = table.description;
  const stream = LatestStreamArn ? { StreamSpecification, LatestStreamArn, LatestStreamLabel } : {};
  table.description = { ...revised, ...stream, TableId, CreationDateTime };
  table.tags.clear();
  for (const [key, value] of tagsIn(input)) table.tags.set(key, value);
}

/** Without prototypes: dynalite's parser makes objects of both kinds. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
