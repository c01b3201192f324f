import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { House } from './house.ts';
import { BOOKING_FUNCTION } from './releases.ts';

const STRESS_FUNCTION = 'reservation-dev-stress-database';
/** Rows that one order adds: a statement of the Data API has 45 seconds. */
const STEP_ROWS = 250_000;
const MOST_ROWS = 1_500_000;
/** A ledger in which reading everything takes this long is felt by a guest, whatever the machine. */
const FELT_MS = 300;

/** The ledger of payments, through the sample's own fault injection and the Data API. */
export function openLedger(house: House) {
  const order = (action: string, rows?: number) =>
    house.invoke(STRESS_FUNCTION, { action, of: 'payments', ...(rows !== undefined && { rows }) }) as Promise<{
      rows: number;
      hasIndex: boolean;
    }>;
  return {
    /** Gives it the rows of a busy year: so many that reading all of them can be felt on this machine. Gives their number. */
    async fill(): Promise<number> {
      let { rows } = await order('state');
      for (let wanted = STEP_ROWS; wanted <= MOST_ROWS; wanted += STEP_ROWS) {
        ({ rows } = await order('grow', wanted));
        if ((await msOfWholeRead(house)) >= FELT_MS) break;
      }
      return rows;
    },
    /** The index by card is gone: each booking reads the whole ledger. */
    dropIndex: async (): Promise<void> => {
      await order('drop-index');
    },
    hasIndex: async (): Promise<boolean> => (await order('state')).hasIndex,
  };
}
export type Ledger = ReturnType<typeof openLedger>;

/** Real time of a statement that no index helps. */
async function msOfWholeRead({ sandbox }: House): Promise<number> {
  const asked = new GetFunctionConfigurationCommand({ FunctionName: BOOKING_FUNCTION });
  const { Environment } = await sandbox.client(LambdaClient).send(asked);
  const { CLUSTER_ARN, CLUSTER_SECRET_ARN, DATABASE } = Environment?.Variables ?? {};
  const database = { resourceArn: CLUSTER_ARN, secretArn: CLUSTER_SECRET_ARN, database: DATABASE };
  const sql = "select count(*) from payment where currency = 'none' and outcome = 'none'";
  const started = performance.now();
  await sandbox.client(RDSDataClient).send(new ExecuteStatementCommand({ ...database, sql }));
  return performance.now() - started;
}
