import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sandbox } from '@lamplighter/sandbox';
import type { StoredRemediation } from '../src/domain/stored-remediation.ts';

/** What is left of repairs in the table and in the state machine. */
export interface RepairRecords {
  readonly repairs: readonly StoredRemediation[];
  /** Locks that nobody gave back. */
  readonly locks: number;
  /** Ids of repairs whose change was counted, once each time. */
  readonly counted: readonly string[];
  readonly learnt: readonly string[];
  readonly executions: readonly { readonly name: string; readonly status: string }[];
}

/** Of the repairs only those of one function, where it is named: after hundreds, to read all of them each time is most of a suite's work. */
export async function readRecords(sandbox: Sandbox, functionName?: string): Promise<RepairRecords> {
  const rows: Record<string, unknown>[] = [];
  const table = { TableName: 'lamplighter-dev-remediations', ...(functionName !== undefined && ofOne(functionName)) };
  for await (const { Items = [] } of paginateScan({ client: sandbox.client(DynamoDBClient) }, table))
    rows.push(...Items.map((item) => unmarshall(item)));
  const of = (prefix: string) => rows.filter(({ pk }) => String(pk).startsWith(prefix));
  return {
    repairs: of('REMEDIATION#').map(({ stored }) => stored as StoredRemediation),
    locks: of('LOCKS').length,
    counted: of('CHANGES').map(({ record }) => (record as { remediationId: string }).remediationId),
    learnt: of('LEARNT#').map(({ pk }) => String(pk).slice('LEARNT#'.length)),
    executions: await executionsIn(sandbox),
  };
}

const ofOne = (functionName: string) => ({
  FilterExpression: 'NOT begins_with(pk, :repair) OR #stored.observed.#name = :name',
  ExpressionAttributeNames: { '#stored': 'stored', '#name': 'name' },
  ExpressionAttributeValues: { ':repair': { S: 'REMEDIATION#' }, ':name': { S: functionName } },
});

async function executionsIn(sandbox: Sandbox) {
  const client = sandbox.client(SFNClient);
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines.find(({ name }) => name === 'lamplighter-dev-remediation')!;
  const found: { name: string; status: string }[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await client.send(new ListExecutionsCommand({ stateMachineArn, nextToken }));
    found.push(...(page.executions ?? []).map(({ name, status }) => ({ name: name!, status: status! })));
    nextToken = page.nextToken;
    if (nextToken === undefined) return found;
  }
}
