import { DeleteEventSourceMappingCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { everyCrash, type Fault, type InjectedFault } from '@lamplighter/sandbox';
import { ingestBatch } from '../src/ingest/ingest-batch.ts';
import { asText, type Pipeline, payloadOf, startPipeline } from './deployed-pipeline.ts';
import { MemoryTables } from './memory-ports.ts';
import { type DeployedDoor, STAGE_OF } from './packaged-stacks.ts';
import { logBatch, report } from './sample-history.ts';

/** Longer than Lambda waits before it tries an asynchronous event, or a batch of a stream, again. */
export const RETRY_MS = 61_000;
const ROLE = { direct: 'IngestDirectRole', stream: 'IngestStreamRole' } as const;

/**
 * Two deliveries of one environment that together make an ingest handler do all that it can do: the first shows a request that the second,
 * which holds the lines around it, unmasks as forged, so that its items go again; the second has a message, and an event that is none.
 */
export function deliveries(variant: string): readonly [LogBatch, LogBatch] {
  const number = Buffer.from(variant).toString('hex').padStart(12, '0').slice(-12);
  const [host, ghost] = ['1', '2'].map((digit) => `${digit.repeat(8)}-1111-4111-8111-${number}`) as [string, string];
  const { events, ...source } = logBatch(`/aws/lambda/guest-${variant}`, 'aaaa', [
    `START RequestId: ${host} Version: 7`,
    `START RequestId: ${ghost} Version: 7`,
    `2026-01-15T09:59:30.120Z\t${ghost}\tINFO\t{"stream":"guests","sequenceNumber":"7"}`,
    `2026-01-15T09:59:30.160Z\t${host}\tINFO\t{"stream":"guests","sequenceNumber":"8"}`,
    `END RequestId: ${host}`,
    report(host),
  ]);
  return [
    { ...source, events: events.slice(1, 3) },
    { ...source, events: events.filter((_, index) => index === 0 || index > 2) },
  ];
}
const NO_EVENT = { id: '7', timestamp: 'then' } as unknown as LogBatch['events'][number];

/** What the tables hold of a variant where nothing goes wrong. */
export async function expectedOf(variant: string): Promise<string> {
  const memory = new MemoryTables();
  for (const batch of deliveries(variant)) await ingestBatch(batch, memory.deps());
  const chunks = [...memory.timeline.values()].flatMap((stream) => [...stream.keys()]);
  return [memory.snapshot(), ...chunks.sort(), ...memory.functions.keys()].join('\n');
}

/** A deployed door, its calls, and what becomes of a variant in it. */
export class FaultyDoor {
  readonly pipeline: Pipeline;
  readonly door: DeployedDoor;

  constructor(pipeline: Pipeline, door: DeployedDoor) {
    this.pipeline = pipeline;
    this.door = door;
  }

  /** Delivers a variant, one delivery after the other; where a fault costs an attempt, waits for the next one. */
  async ingest(variant: string, fault?: InjectedFault): Promise<void> {
    const [first, second] = deliveries(variant);
    for (const batch of [first, { ...second, events: [...second.events, NO_EVENT] }]) {
      const before = fault?.hits;
      await this.pipeline.deliver(this.door, [payloadOf(batch)]);
      await this.pipeline.settle();
      if (fault?.hits !== before) await this.pipeline.settle(RETRY_MS);
    }
  }

  /** Lets the environment die: the next one's SDK clients have all their retries to spend, which a client counts over its life. */
  async renewEnvironment(variant: string): Promise<void> {
    const death = this.inject({ nth: 1, effect: { kind: 'crash-caller', when: 'before' } });
    await this.ingest(variant, death);
    death.lift();
  }

  /** Injects a fault into calls of the ingest function alone. */
  inject(fault: Fault): InjectedFault {
    const caller: NonNullable<Fault['caller']> = (who, what) =>
      who.roleArn?.includes(ROLE[this.door]) === true && (fault.caller?.(who, what) ?? true);
    return this.pipeline.sandbox.faults.inject({ ...fault, caller });
  }

  calls(): string[] {
    const own = this.pipeline.sandbox.calls().filter(({ roleName }) => roleName?.includes(ROLE[this.door]));
    return own.map(({ service, operation }) => `${service}:${operation}`);
  }

  async found(variant: string): Promise<string> {
    const name = new RegExp(`guest-${variant}[":]`);
    const own = async (table: 'audit' | 'timeline' | 'ledger') =>
      (await this.pipeline.items(this.door, table)).filter((row) => name.test(JSON.stringify({ ...row, bytes: '' })));
    const chunks = (await own('timeline')).map(({ sk }) => String(sk));
    const functions = (await own('ledger')).map(({ functionName }) => functionName).filter((one) => one !== undefined);
    return [asText(await own('audit')), ...chunks.sort(), ...functions].join('\n');
  }
}

/** With each minute that a crash costs, the windows of all variants before it would be closed: most of the work, and nothing that is looked at here. */
async function closeNoWindows({ sandbox }: Pipeline, door: DeployedDoor): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const FunctionName = `lamplighter-ingestion-${STAGE_OF[door]}-close-windows`;
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  expect(EventSourceMappings).toHaveLength(1);
  for (const { UUID } of EventSourceMappings) await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
}

/** The tests that a door has to pass: whatever becomes of any single call, the tables end up the same. */
export function testFaults(door: DeployedDoor): void {
  let faulty: FaultyDoor;
  let calls: readonly string[];

  beforeAll(async () => {
    faulty = new FaultyDoor(await startPipeline({ doors: [door], startMs: Date.UTC(2026, 0, 15, 10, 11) }), door);
    await closeNoWindows(faulty.pipeline, door);
  });
  afterAll(() => faulty?.pipeline.stop());

  test('without a fault makes every kind of call that its role allows', async () => {
    await faulty.ingest('warm');
    faulty.pipeline.sandbox.forgetCalls();

    await faulty.ingest('clean');

    calls = faulty.calls();
    expect(await faulty.found('clean')).toBe(await expectedOf('clean'));
    expect([...new Set(calls)].sort()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'events:PutEvents',
      'firehose:PutRecordBatch',
      's3:PutObject',
      'sqs:SendMessageBatch',
    ]);
  });

  test.each(['before', 'after'] as const)(
    'ends in the same tables when its environment dies %s any one of its calls',
    async (when) => {
      const outcomes: string[] = [];
      const crashes = everyCrash(calls.map((call) => call.split(':')[1]!)).filter((crash) => crash.when === when);
      for (const { nth } of crashes) {
        const call = calls[nth - 1]!;
        const variant = `${when}-${nth}`;
        const fault = faulty.inject({ nth, effect: { kind: 'crash-caller', when } });
        await faulty.ingest(variant, fault);
        fault.lift();
        const isSame = (await faulty.found(variant)) === (await expectedOf(variant));
        outcomes.push(`${call}: ${fault.hits} crash, ${isSame ? 'the same tables' : 'other tables'}`);
      }
      expect(outcomes).toEqual(crashes.map(({ nth }) => `${calls[nth - 1]}: 1 crash, the same tables`));
    },
  );

  test.each(['throttle', 'drop-response', 'duplicate'] as const)(
    'ends in the same tables when each of its calls meets the fault %s',
    async (kind) => {
      await faulty.renewEnvironment(`${kind}-${kind.length}`);
      const seen = new Map<string, number>();
      const fault = faulty.inject({
        // What the SDK sends once more goes through.
        caller: (_who, { operation, input }) => {
          const call = `${operation} ${JSON.stringify(input)}`;
          seen.set(call, (seen.get(call) ?? 0) + 1);
          return kind === 'duplicate' || seen.get(call)! % 2 === 1;
        },
        effect: { kind },
      });
      await faulty.ingest(kind, fault);
      fault.lift();
      // A call that is lost more often than the SDK tries makes the delivery come again, after one minute and after two.
      await faulty.pipeline.settle(4 * RETRY_MS);

      const operations = new Set([...seen.keys()].map((call) => call.split(' ')[0]));
      expect(operations.size).toBe(8);
      expect(fault.hits).toBeGreaterThanOrEqual(seen.size);
      expect(await faulty.found(kind)).toBe(await expectedOf(kind));
    },
  );

  test('has given up no payload, and kept what was no event', async () => {
    const letters = await faulty.pipeline.sandbox.peers.s3.list(faulty.pipeline.idOf(door, 'DeadLetterBucket'));
    expect(new Set(letters.map(({ key }) => key.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(['rejected/bad-log-events']),
    );
  });
}
