import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { type ActionShares, startAction } from '../traffic/actions.ts';
import { KnownBookings } from '../traffic/known-bookings.ts';
import { connectSandboxTarget } from '../traffic/sandbox-target.ts';
import { seededRandom } from '../traffic/seeded-random.ts';
import type { House } from './house.ts';

const PREFIX = 'reservation-dev';
/** Function behind every booking. */
export const BOOKING_FUNCTION = `${PREFIX}-api-change-itineraries`;
const FAULTS_PARAMETER = '/reservation/dev/faults';
const MINUTE_MS = 60_000;
/** A minute's requests come in so many bursts. */
const BURSTS = 4;

export interface MinuteOfTraffic {
  readonly requests: number;
  /** Answers of 500 and more, and none at all. */
  readonly failed: number;
  /** Real time of the answers, ascending, milliseconds. */
  readonly latenciesMs: readonly number[];
}

/** The reservation application as its guests use it: real requests through the API's real address into real handlers. */
export async function openShop(
  house: House,
  { seed, onStep }: { readonly seed: number; readonly onStep: (step: string) => void },
) {
  const { sandbox, clock } = house;
  const target = await connectSandboxTarget(sandbox, { onStep });
  const stop = new AbortController();
  const context = {
    target,
    known: new KnownBookings(),
    random: seededRandom(seed),
    runId: `demo-${seed}`,
    now: () => clock.now(),
    signal: stop.signal,
  };

  const one = async (shares: ActionShares): Promise<{ failed: boolean; ms: number }> => {
    const started = performance.now();
    const failed = await startAction(shares, context).done.then(
      ({ status }) => status >= 500,
      () => true,
    );
    return { failed, ms: performance.now() - started };
  };

  return {
    /** A minute of the story with so many requests; the clock stands at the next minute afterwards. */
    async minute(requests: number, shares: ActionShares): Promise<MinuteOfTraffic> {
      const start = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
      const answers: { failed: boolean; ms: number }[] = [];
      for (let burst = 0; burst < BURSTS; burst++) {
        const count = Math.floor((requests * (burst + 1)) / BURSTS) - Math.floor((requests * burst) / BURSTS);
        answers.push(...(await Promise.all(Array.from({ length: count }, () => one(shares)))));
        const next = start + ((burst + 1) * MINUTE_MS) / BURSTS;
        await house.pass(Math.max(0, next - clock.now()));
      }
      return {
        requests,
        failed: answers.filter(({ failed }) => failed).length,
        latenciesMs: answers.map(({ ms }) => ms).sort((a, b) => a - b),
      };
    },
    setFaults: (faults: object) => house.setParameter(FAULTS_PARAMETER, faults),
    /** SQL as the database's owner: how the story's crisis begins. */
    async sql(statement: string): Promise<void> {
      const lambda = sandbox.client(LambdaClient);
      const { Environment } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: BOOKING_FUNCTION }),
      );
      const { CLUSTER_ARN, CLUSTER_SECRET_ARN, DATABASE } = Environment?.Variables ?? {};
      const database = { resourceArn: CLUSTER_ARN, secretArn: CLUSTER_SECRET_ARN, database: DATABASE };
      await sandbox.client(RDSDataClient).send(new ExecuteStatementCommand({ ...database, sql: statement }));
    },
    /** A release of the booking function: its environment says which, and a version is published. */
    async release(name: string): Promise<string> {
      const lambda = sandbox.client(LambdaClient);
      const FunctionName = BOOKING_FUNCTION;
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = { ...Environment?.Variables, RELEASE: name };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
      const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
      return Version!;
    },
    async close(): Promise<void> {
      stop.abort();
      await target.stop();
    },
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;
