import { createHash } from 'node:crypto';
import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import {
  assertCondition,
  assertKey,
  capacityUnits,
  createKey,
  type Input,
  type Output,
  parseInput,
  runAction,
} from './dynalite.ts';
import { itemOf, writeItem } from './item-operations.ts';
import type { Item } from './table.ts';
import { onTable, tableName } from './table-names.ts';
import type { TableStore } from './table-store.ts';

/** Most actions in one transaction, and for how long its ClientRequestToken is remembered (API_TransactWriteItems). */
const MAX_ACTIONS = 100;
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

const WRITES = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' };
type Write = keyof typeof WRITES;

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/** TransactWriteItems and TransactGetItems: each is one synchronous step, so it is isolated from every other call. */
export function transactionOperations(store: TableStore, context: ServiceContext): Record<string, JsonOperation> {
  const tokens = new Map<string, { digest: string; at: number; output: Output }>();
  return {
    TransactWriteItems: {
      permissions: (input: Input) =>
        actionsOf(input).map(([write, request]) => onTable(context, WRITES[write], request.TableName)),
      handle: (input: Input) => {
        const token = input.ClientRequestToken;
        if (typeof token !== 'string') return transactWrite(store, input);
        const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex');
        const known = tokens.get(token);
        if (known && context.clock.now() - known.at < TOKEN_LIFETIME_MS) {
          if (known.digest === digest) return known.output;
          throw new ApiError(
            'IdempotentParameterMismatchException',
            'The request uses the same client token as a previous, but non-identical request.',
          );
        }
        const output = transactWrite(store, input);
        tokens.set(token, { digest, at: context.clock.now(), output });
        return output;
      },
    },
    TransactGetItems: {
      permissions: (input: Input) => gets(input).map((get) => onTable(context, 'GetItem', get.TableName)),
      handle: (input: Input) => transactGet(store, input),
    },
  };
}

function transactWrite(store: TableStore, input: Input): Output {
  const actions = actionsOf(input);
  assertActionCount(actions.length);
  assertDistinctItems(store, actions);
  const units = new Map<string, number>();
  store.atomically(() => {
    const reasons = actions.map(([write, request]) => outcome(store, write, request, units));
    if (reasons.some((reason) => reason.Code !== 'None')) throw cancelled(reasons);
  });
  return consumed(input, units);
}

/** Carries one action out; its refusal becomes the transaction's reason, any other error is the whole call's. */
function outcome(store: TableStore, write: Write, request: Input, units: Map<string, number>): CancellationReason {
  const measured = { ...request, ReturnConsumedCapacity: 'TOTAL' };
  try {
    const output =
      write === 'ConditionCheck'
        ? checkCondition(store, measured)
        : writeItem(store, WRITES[write] as 'PutItem', measured);
    addUnits(units, output);
    return { Code: 'None' };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ConditionalCheckFailedException') throw error;
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.members };
  }
}

function checkCondition(store: TableStore, request: Input): Output {
  const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = request;
  if (typeof request.ConditionExpression !== 'string') {
    throw new ApiError('ValidationException', 'The ConditionExpression of a ConditionCheck must not be null.');
  }
  const parsed = parseInput('DeleteItem', { ...rest, TableName: tableName(rest.TableName) }, store);
  const table = store.tables.get(String(parsed.TableName));
  if (!table) throw new ApiError('ResourceNotFoundException', 'Requested resource not found');
  assertKey(parsed.Key as Item, table.description);
  const existing = itemOf(store, parsed);
  try {
    assertCondition(parsed, existing);
  } catch (error) {
    const members = returned === 'ALL_OLD' && existing ? { Item: existing } : {};
    throw new ApiError((error as ApiError).code, (error as ApiError).message, 400, members);
  }
  return consumedBy(table.description.TableName, capacityUnits(existing, false, true));
}

async function transactGet(store: TableStore, input: Input): Promise<Output> {
  const requests = gets(input).map((get) => ({
    ...get,
    TableName: tableName(get.TableName),
    ConsistentRead: true,
    ReturnConsumedCapacity: 'TOTAL',
  }));
  assertActionCount(requests.length);
  const parsed = requests.map((request) => parseInput('GetItem', request, store));
  const answers = await Promise.all(parsed.map((get) => runAction('GetItem', get, store)));
  const units = new Map<string, number>();
  for (const answer of answers) addUnits(units, answer);
  const responses = answers.map((answer) => (answer.Item ? { Item: answer.Item } : {}));
  return { Responses: responses, ...consumed(input, units) };
}

function actionsOf(input: Input): [Write, Input][] {
  const items = Array.isArray(input.TransactItems) ? (input.TransactItems as Input[]) : [];
  return items.map((item) => {
    const names = Object.keys(item);
    const write = names[0] as Write;
    if (names.length !== 1 || !Object.hasOwn(WRITES, write)) {
      throw new ApiError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
    }
    return [write, item[write] as Input];
  });
}

function gets(input: Input): Input[] {
  const items = Array.isArray(input.TransactItems) ? (input.TransactItems as { Get?: Input }[]) : [];
  return items.map((item) => item.Get ?? {});
}

function assertActionCount(count: number): void {
  if (count >= 1 && count <= MAX_ACTIONS) return;
  throw new ApiError(
    'ValidationException',
    `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${
      count < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ACTIONS}`
    }`,
  );
}

function assertDistinctItems(store: TableStore, actions: readonly [Write, Input][]): void {
  const seen = new Set<string>();
  for (const [, request] of actions) {
    const name = tableName(request.TableName);
    const table = store.tables.get(name);
    const source = (request.Key ?? request.Item) as Item | undefined;
    if (!table || !source || table.description.KeySchema.some((key) => !source[key.AttributeName])) continue;
    const identity = `${name}~${createKey(source, table.description)}`;
    if (seen.has(identity)) {
      throw new ApiError('ValidationException', 'Transaction request cannot include multiple operations on one item');
    }
    seen.add(identity);
  }
}

function cancelled(reasons: readonly CancellationReason[]): ApiError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new ApiError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

function consumedBy(table: string, units: number): Output {
  return { ConsumedCapacity: { TableName: table, CapacityUnits: units } };
}

/** A transaction consumes twice the units of the plain calls: it prepares and commits. */
function addUnits(units: Map<string, number>, output: Output): void {
  const { TableName, CapacityUnits } = output.ConsumedCapacity as { TableName: string; CapacityUnits: number };
  units.set(TableName, (units.get(TableName) ?? 0) + 2 * CapacityUnits);
}

function consumed(input: Input, units: ReadonlyMap<string, number>): Output {
  const wanted = input.ReturnConsumedCapacity;
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return {};
  return { ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits })) };
}
