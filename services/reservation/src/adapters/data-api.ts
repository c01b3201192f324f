import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  DatabaseResumingException,
  ExecuteStatementCommand,
  type RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import type { CallDependency } from '../ports.ts';

export type SqlValue = string | number | boolean | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** SQL through the Data API: no connection to keep, no driver, no VPC. */
export interface DataApi {
  /** Runs a named statement with named parameters; rows by column name. */
  run(statement: string, sql: string, parameters?: Readonly<Record<string, SqlValue>>): Promise<readonly SqlRow[]>;
  /** Runs the work in a transaction: committed where it ends, rolled back where it throws. */
  transaction<T>(work: (database: DataApi) => Promise<T>): Promise<T>;
}

export interface DataApiOptions {
  readonly client: RDSDataClient;
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
  readonly call: CallDependency;
  /** Milliseconds that a call waits for a paused cluster before it throws `DatabaseResumingException`. About 15 s of AWS's. */
  readonly resumeWaitMs: number;
  readonly sleep?: (ms: number) => Promise<void>;
}

const RESUME_POLL_MS = 1_000;

/** The Data API of one cluster and database. */
export function dataApi(options: DataApiOptions, transactionId?: string): DataApi {
  const { client, call, resourceArn, secretArn, database } = options;
  const target = { resourceArn, secretArn };
  return {
    run: (statement, sql, parameters = {}) =>
      call({ dependency: 'aurora', statement }, () =>
        whenAwake(options, async () => {
          const { formattedRecords } = await client.send(
            new ExecuteStatementCommand({
              ...target,
              database,
              sql,
              parameters: Object.entries(parameters).map(sqlParameter),
              formatRecordsAs: 'JSON',
              ...(transactionId === undefined ? {} : { transactionId }),
            }),
          );
          return formattedRecords === undefined ? [] : (JSON.parse(formattedRecords) as SqlRow[]);
        }),
      ),

    async transaction(work) {
      const { transactionId: id } = await call({ dependency: 'aurora', statement: 'begin' }, () =>
        whenAwake(options, () => client.send(new BeginTransactionCommand({ ...target, database }))),
      );
      try {
        const result = await work(dataApi(options, id));
        await call({ dependency: 'aurora', statement: 'commit' }, () =>
          client.send(new CommitTransactionCommand({ ...target, transactionId: id })),
        );
        return result;
      } catch (error) {
        await call({ dependency: 'aurora', statement: 'rollback' }, () =>
          client.send(new RollbackTransactionCommand({ ...target, transactionId: id })),
        );
        throw error;
      }
    },
  };
}

async function whenAwake<T>({ resumeWaitMs, sleep = wait }: DataApiOptions, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += RESUME_POLL_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseResumingException) || waitedMs >= resumeWaitMs) throw error;
      await sleep(RESUME_POLL_MS);
    }
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function sqlParameter([name, value]: [string, SqlValue]): SqlParameter {
  if (value === null) return { name, value: { isNull: true } };
  if (typeof value === 'boolean') return { name, value: { booleanValue: value } };
  if (typeof value === 'number')
    return { name, value: Number.isInteger(value) ? { longValue: value } : { doubleValue: value } };
  return { name, value: { stringValue: value } };
}
