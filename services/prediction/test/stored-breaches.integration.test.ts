import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BreachPredicted } from '@lamplighter/contracts';
import { dynamoDbForecasts } from '../src/adapters/dynamodb-forecasts.ts';
import { rowsOf } from '../src/adapters/prediction-rows.ts';
import type { BreachEvent } from '../src/domain/forecast-view.ts';
import { startPredictionTable } from './prediction-table.ts';

const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };
const AHEAD: readonly BreachEvent['change'][] = ['predicted', 'corrected'];

let table: Awaited<ReturnType<typeof startPredictionTable>>;
beforeAll(async () => {
  table = await startPredictionTable();
  await tell(1_000, 'predicted', 'shop-pay');
  for (let at = 0; at < 260; at++) await tell(2_000 + at, 'withdrawn', `shop-${at}`);
});
afterAll(() => table?.stop());

/** A breach as it is stored, told first at that time. */
async function tell(since: number, change: BreachEvent['change'], name: string) {
  const resource = { ...ACCOUNT, type: 'lambda-function' as const, name };
  const breach = { ...BreachPredicted.example, breachId: `timeout/${name}/${since}`, change, resource };
  const [row] = rowsOf({ ...ACCOUNT, functionName: name }, { breaches: [breach] }, since);
  const { client, TableName } = { ...table.client(), TableName: table.TableName };
  await client.send(new PutItemCommand({ TableName, Item: marshall(row, { removeUndefinedValues: true }) }));
}

const breaches = (wanted: Parameters<ReturnType<typeof dynamoDbForecasts>['breaches']>[1]) =>
  dynamoDbForecasts(table.client().client, table.TableName).breaches(ACCOUNT, wanted);
const namesOf = (found: readonly BreachEvent[]) => found.map(({ resource }) => resource.name);

test('a limit that is still ahead is found behind any number of newer ones that were withdrawn', async () => {
  expect(namesOf(await breaches({ limit: 50, changes: AHEAD }))).toEqual(['shop-pay']);
});

test('of one function its own are found, however many others came since', async () => {
  expect(namesOf(await breaches({ limit: 50, functionName: 'shop-pay' }))).toEqual(['shop-pay']);
  expect(await breaches({ limit: 50, functionName: 'shop' })).toEqual([]);
});

test('without a wish the newest are told, as many as are asked for', async () => {
  expect(namesOf(await breaches({ limit: 2 }))).toEqual(['shop-259', 'shop-258']);
});
