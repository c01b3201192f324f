import { createRequire } from 'node:module';
import { ApiError } from '../../core/service.ts';
import type { Item, TableDescription } from './table.ts';
import type { DynaliteStore } from './table-store.ts';

/**
 * dynalite's expression parser, validations and item actions (Apache-2.0, https://github.com/architect/dynalite), without its
 * HTTP server, its LevelDB and its timers. It has no `exports` map, so its modules are required by path; the version is pinned.
 */
const load = createRequire(import.meta.url);

/** The item operations that dynalite carries out. */
export type ItemOperation =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'Scan'
  | 'BatchGetItem'
  | 'BatchWriteItem';

export type Input = Record<string, unknown>;
export type Output = Record<string, unknown>;

interface DynaliteError extends Error {
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

interface Validation {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom: unknown;
}

interface Database {
  createKey(key: Item, table: TableDescription): string;
  validateKey(key: Item, table: TableDescription): DynaliteError | null | undefined;
  checkConditional(input: Input, existing: Item | undefined): DynaliteError | null | undefined;
  capacityUnits(item: Item | undefined, isRead: boolean, isConsistent: boolean): number;
  itemSize(item: Item): number;
}

interface Validations {
  checkTypes(input: Input, types: Validation['types']): Input;
  checkValidations(input: Input, types: Validation['types'], custom: unknown, store: DynaliteStore): void;
}

type Action = (
  store: DynaliteStore,
  input: Input,
  done: (error: DynaliteError | null, output?: Output) => void,
) => void;

const database = load('dynalite/db') as Database;
const validations = load('dynalite/validations') as Validations;

export const { createKey, itemSize, capacityUnits } = database;

/** Checks types, limits and expressions of an input and gives dynalite's parsed form; throws what DynamoDB throws. */
export function parseInput(operation: ItemOperation | 'CreateTable', input: Input, store: DynaliteStore): Input {
  const validation = load(`dynalite/validations/${lowerFirst(operation)}`) as Validation;
  refuseUnknownParameters(operation, input, validation);
  return translated(() => {
    const parsed = validations.checkTypes(input, validation.types);
    validations.checkValidations(parsed, validation.types, validation.custom, store);
    return parsed;
  });
}

/** Carries out a parsed item operation. Writes end before this function returns; `Query` and `Scan` a tick later. */
export function runAction(operation: ItemOperation, parsed: Input, store: DynaliteStore): Promise<Output> {
  const action = load(`dynalite/actions/${lowerFirst(operation)}`) as Action;
  return new Promise((resolve, reject) => {
    action(store, parsed, (error, output) => (error ? reject(apiError(error)) : resolve(output ?? {})));
  });
}

/** The write operations end synchronously on our store: this gives their output or throws, with no tick between. */
export function runWrite(operation: ItemOperation, parsed: Input, store: DynaliteStore): Output {
  const action = load(`dynalite/actions/${lowerFirst(operation)}`) as Action;
  let outcome: { error: DynaliteError | null; output: Output } | undefined;
  action(store, parsed, (error, output = {}) => {
    outcome = { error, output };
  });
  if (!outcome) throw new Error(`dynalite ${operation} did not end synchronously`);
  if (outcome.error) throw apiError(outcome.error);
  return outcome.output;
}

/** Throws unless the key has exactly the table's key attributes, of their types. */
export function assertKey(key: Item, table: TableDescription): void {
  const error = database.validateKey(key, table);
  if (error) throw apiError(error);
}

/** Throws `ConditionalCheckFailedException` unless the parsed condition holds for the item. */
export function assertCondition(parsed: Input, existing: Item | undefined): void {
  const error = database.checkConditional(parsed, existing);
  if (error) throw apiError(error);
}

function refuseUnknownParameters(operation: string, input: Input, validation: Validation): void {
  const unknown = Object.keys(input).filter((name) => !Object.hasOwn(validation.types, name));
  if (unknown.length === 0) return;
  throw new ApiError('ValidationException', `The sandbox does not emulate ${operation} ${unknown.join(', ')}.`);
}

function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw apiError(error as DynaliteError);
  }
}

function apiError(error: DynaliteError): Error {
  if (!error.body) return error;
  const code = error.body.__type.slice(error.body.__type.indexOf('#') + 1);
  return new ApiError(code, error.body.message ?? error.body.Message ?? '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
