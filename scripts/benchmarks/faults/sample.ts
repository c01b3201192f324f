import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { House } from '../../demo/house/house.ts';
import { type ActionShares, startAction } from '../../traffic/actions.ts';
import { generateBooking } from '../../traffic/bookings.ts';
import { KnownBookings } from '../../traffic/known-bookings.ts';
import { otaMessage } from '../../traffic/ota-messages.ts';
import { connectSandboxTarget } from '../../traffic/sandbox-target.ts';
import { seededRandom } from '../../traffic/seeded-random.ts';

export const PREFIX = 'reservation-dev-';
const MINUTE_MS = 60_000;
/** A minute's requests come in so many slots, a few at once in each. */
const SLOTS = 12;

/** What guests and channels do in a minute, each action so many times in a hundred. */
const SHARES: ActionShares = { lookup: 34, guestSearch: 28, book: 18, modify: 4, channelMessage: 16 };

/** The reservation sample as it is used and as it is broken: requests through its address, messages on its stream, faults by its own means. */
export async function openSample(house: House, seed: number) {
  const { sandbox, clock } = house;
  const target = await connectSandboxTarget(sandbox);
  const lambda = sandbox.client(LambdaClient);
  const stop = new AbortController();
  const random = seededRandom(seed);
  const context = {
    target,
    known: new KnownBookings(),
    random,
    runId: `faults-${seed}`,
    now: () => clock.now(),
    signal: stop.signal,
  };
  const one = (): Promise<boolean> =>
    startAction(SHARES, context).done.then(
      ({ status }) => status < 500,
      () => false,
    );
  return {
    now: () => clock.now(),
    /** A minute of so many requests, give or take a tenth; tells how many were answered well. The clock stands at the next minute afterwards. */
    async minute(requests: number, eachSlot: () => Promise<void> = async () => {}): Promise<number> {
      const start = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
      const noisy = requests * (0.9 + 0.2 * random());
      let good = 0;
      for (let slot = 0; slot < SLOTS; slot++) {
        await eachSlot();
        const count = Math.floor((noisy * (slot + 1)) / SLOTS) - Math.floor((noisy * slot) / SLOTS);
        const answers = await Promise.all(Array.from({ length: count }, one));
        good += answers.filter(Boolean).length;
        const next = start + ((slot + 1) * MINUTE_MS) / SLOTS;
        await house.pass(Math.max(0, next - clock.now()));
      }
      return good;
    },
    setFaults: (faults: object) => house.setParameter('/reservation/dev/faults', faults),
    /** A booking of a channel, at once; its sequence number. */
    async sendMessage(): Promise<string> {
      const booking = generateBooking(random, { properties: target.properties, nowMs: clock.now() });
      const confirmation = `CH${clock.now().toString(36).toUpperCase()}`;
      const xml = otaMessage({ kind: 'create', confirmation, booking, atMs: clock.now(), sequence: 1 });
      const record = { StreamName: `${PREFIX}messages`, PartitionKey: confirmation, Data: Buffer.from(xml) };
      return (await sandbox.client(KinesisClient).send(new PutRecordCommand(record))).SequenceNumber!;
    },
    /** @throws Error with what the function said */
    async database(order: object): Promise<void> {
      const call = { FunctionName: `${PREFIX}stress-database`, Payload: JSON.stringify(order) };
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand(call));
      if (FunctionError) throw new Error(`stress-database failed: ${Buffer.from(Payload ?? []).toString()}`);
    },
    /** What Aurora's autovacuum does by itself a minute after rows were deleted, and the sandbox's PostgreSQL never: dead rows make every plan slower than the one before. */
    async vacuum(...tables: readonly string[]): Promise<void> {
      const FunctionName = `${PREFIX}stress-database`;
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { CLUSTER_ARN, CLUSTER_SECRET_ARN, DATABASE: database } = Environment?.Variables ?? {};
      for (const table of tables) {
        const sql = `VACUUM (ANALYZE) ${table}`;
        const call = { resourceArn: CLUSTER_ARN, secretArn: CLUSTER_SECRET_ARN, database, sql };
        await sandbox.client(RDSDataClient).send(new ExecuteStatementCommand(call));
      }
    },
    async changeEnvironment(name: string, changed: Readonly<Record<string, string>>): Promise<void> {
      const FunctionName = PREFIX + name;
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = { ...Environment?.Variables, ...changed };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    },
    async close(): Promise<void> {
      stop.abort();
      await target.stop();
    },
  };
}
export type Sample = Awaited<ReturnType<typeof openSample>>;
