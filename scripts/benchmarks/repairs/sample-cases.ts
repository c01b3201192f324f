import {
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import type { House } from '../../demo/house/house.ts';
import { readPlan } from '../../demo/house/read-plan.ts';
import type { Releases } from '../../demo/house/releases.ts';
import { PREFIX, type Sample } from '../faults/sample.ts';
import { SAMPLE_FAULTS, type SampleFault } from '../faults/sample-faults.ts';

export interface Stage {
  readonly house: House;
  readonly sample: Sample;
  /** Opened by the first fault that needs releases. */
  readonly releases: () => Promise<Releases>;
}

/** A fault of the sample, and what is right to do about it. */
export interface RepairCase {
  readonly fault: SampleFault;
  /** Playbooks that are right; none where no change of configuration can end it. */
  readonly right: readonly string[];
  readonly because: string;
  /** Minutes that are waited for a repair's end, at most. */
  readonly patience: number;
  /** Asks the resource itself. */
  readonly truth: (stage: Stage) => Promise<string>;
}

const INJECTED = 'still injected';

const CASES: readonly (Omit<RepairCase, 'fault'> & { readonly name: string })[] = [
  {
    name: 'error rate',
    right: [],
    because: 'the code itself fails, and nothing was deployed before it: there is nothing to go back to',
    patience: 6,
    truth: stillSet,
  },
  {
    name: 'slow query in the payment step',
    right: ['missing-index'],
    because: 'a statement reads the whole ledger',
    patience: 16,
    truth: ({ house }) => scanOf(house, "select * from payment where card_token = 'x' and decided_at_ms >= 0"),
  },
  {
    name: 'poison message',
    right: ['mapping-bisect'],
    because: 'the message is set aside after five tries instead of twenty',
    patience: 12,
    truth: ({ house }) => retriesOf(house, `${PREFIX}ingest-messages`),
  },
  {
    name: 'slow query',
    right: ['missing-index'],
    because: 'a statement reads the whole table of guests',
    patience: 16,
    truth: ({ house }) => scanOf(house, "select * from itinerary_guest where lookup = 'x'"),
  },
  {
    name: 'throttled dependency',
    right: [],
    because: 'the throttling is drawn in the caller: no capacity of the table lifts it',
    patience: 16,
    truth: stillSet,
  },
  {
    name: 'connection pool pressure',
    right: [],
    because: 'the code holds its connections: neither capacity nor a cap lets it give them back',
    patience: 16,
    truth: stillSet,
  },
  {
    name: 'timeout creep',
    right: ['fresh-environments', 'lambda-timeout'],
    because: 'it grows with the age of an environment: new ones begin anew',
    patience: 60,
    truth: stillSet,
  },
  {
    name: 'memory leak',
    right: ['lambda-memory'],
    because: 'new, larger environments take longer to fill',
    patience: 50,
    truth: ({ house }) => memoryOf(house, `${PREFIX}api-read-itineraries`),
  },
  {
    name: 'bad deploy',
    right: ['alias-rollback'],
    because: 'guests are sent back to the version that was well',
    patience: 14,
    truth: async ({ releases }) => `guests reach version ${await (await releases()).live()}`,
  },
  {
    name: 'cold-start storm',
    right: [],
    because: 'somebody changes the configuration again and again, which ends provisioned environments as well',
    patience: 6,
    truth: stillSet,
  },
];

const CREEP_MS = 0.2;
/** Filling buffers is work: twice as much of it an invocation slows the calls by itself, on two cores, before the repair and after it. */
const LEAK_MB = 0.75;
/** The ledger of a busy year: a scan that is felt on a machine that does other work as well. */
const LEDGER_ROWS = 1_500_000;
const LEDGER_PARTS = 6;
/** Minutes in which a version shows that it does well, before the next one. */
const PROVEN_MINUTES = 4;

/** The faults of the sample in the order of its list, each with what is right; releases go through an alias, as a team's pipeline does it. */
export function sampleCases(stage: Stage): readonly RepairCase[] {
  return SAMPLE_FAULTS.map((fault) => {
    const known = CASES.find(({ name }) => name === fault.name);
    if (known === undefined) throw new Error(`Nobody said what is right for the fault ${fault.name}.`);
    const { name: _, ...rest } = known;
    return { ...rest, fault: adapted(fault, stage) };
  });
}

function adapted(fault: SampleFault, stage: Stage): SampleFault {
  if (fault.name === 'bad deploy') return badRelease(fault, stage);
  if (fault.name === 'slow query in the payment step') return { ...fault, prepare: growLedger };
  if (fault.name === 'memory leak') return slowLeak(fault);
  return fault.name === 'timeout creep' ? slowCreep(fault) : fault;
}

/** In parts, since a statement of the Data API is given up after 45 seconds; rows go in faster without the index. */
async function growLedger(sample: Sample): Promise<void> {
  await sample.database({ action: 'drop-index', of: 'payments' });
  for (let rows = LEDGER_ROWS / LEDGER_PARTS; rows <= LEDGER_ROWS; rows += LEDGER_ROWS / LEDGER_PARTS)
    await sample.database({ action: 'grow', rows, of: 'payments' });
  await sample.database({ action: 'create-index', of: 'payments' });
}

/** At milliseconds an invocation new environments are as slow again within minutes: nothing but mending the code would help, and the planner says so. */
const slowCreep = (fault: SampleFault): SampleFault => ({
  ...fault,
  inject: (sample) => sample.setFaults({ timeoutCreep: { msPerInvocation: CREEP_MS, functions: [fault.target] } }),
});

const slowLeak = (fault: SampleFault): SampleFault => ({
  ...fault,
  inject: (sample) => sample.setFaults({ memoryLeak: { mbPerInvocation: LEAK_MB, functions: [fault.target] } }),
});

/** $LATEST has no version to go back to: guests reach an alias here, and a release is a version. */
const badRelease = (fault: SampleFault, { releases }: Stage): SampleFault => ({
  ...fault,
  prepare: async (sample) => {
    await releases();
    for (let at = 0; at < PROVEN_MINUTES; at++) await sample.minute(60);
    await fault.prepare?.(sample);
  },
  inject: async () => void (await (await releases()).release('r2')),
  lift: (sample) => sample.setFaults({}),
});

async function stillSet(): Promise<string> {
  return INJECTED;
}

async function scanOf(house: House, statement: string): Promise<string> {
  const plan = await readPlan(house, statement);
  const index = /(?:using|on) ([a-z_]+_idx|[a-z_]*_by_[a-z_]+)\b/.exec(plan)?.[1];
  if (/Seq Scan/.test(plan)) return 'the plan still reads the whole table';
  return `the plan uses ${index ?? 'an index'}`;
}

async function retriesOf({ sandbox }: House, FunctionName: string): Promise<string> {
  const client = sandbox.client(LambdaClient);
  const { EventSourceMappings = [] } = await client.send(new ListEventSourceMappingsCommand({ FunctionName }));
  const mapping = await client.send(new GetEventSourceMappingCommand({ UUID: EventSourceMappings[0]!.UUID! }));
  return `${mapping.MaximumRetryAttempts} retries, batches ${mapping.BisectBatchOnFunctionError ? 'are' : 'are not'} split`;
}

async function memoryOf({ sandbox }: House, FunctionName: string): Promise<string> {
  const { MemorySize } = await sandbox.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName }));
  return `${INJECTED}; the function has ${MemorySize} MB`;
}
