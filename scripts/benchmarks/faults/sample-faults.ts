import { createHash } from 'node:crypto';
import type { FindingClass } from '../../../packages/contracts/src/index.ts';
import type { Sample } from './sample.ts';

/** One of the faults that the reservation sample can inject, and what an operator would call it. */
export interface SampleFault {
  readonly name: string;
  /** Short name of the function that is hit. */
  readonly target: string;
  /** Classes that are right, the best first: a creep is a slow-down before it is a timeout. */
  readonly classes: readonly FindingClass[];
  /** What a cause names, or what the finding says where the function itself is to blame; absent: its name suffices. */
  readonly culprit?: RegExp;
  /** What the fault hits, where other functions wait for it as well: theirs are symptoms. */
  readonly dependency?: string;
  /** Grows from nothing: early is before it hurts, not within two windows of its first millisecond. */
  readonly isCreeping?: true;
  /** Minutes that the fault stays, at most. */
  readonly minutes: number;
  /** In whole minutes before the onset, what needs no notice: rows without which a missing index is none. */
  readonly prepare?: (sample: Sample) => Promise<void>;
  readonly inject: (sample: Sample) => Promise<void>;
  /** Within each slot of the fault's minutes. */
  readonly goOn?: (sample: Sample) => Promise<void>;
  readonly lift: (sample: Sample) => Promise<void>;
}

const READ = 'api-read-itineraries';
const CHANGE = 'api-change-itineraries';
const INGEST = 'ingest-messages';
/** In parts: a statement of the Data API is given up after 45 seconds. */
const ROWS = [150_000, 300_000, 500_000];
/** A table of a few years of guests: half a million rows are read in some 70 ms, which is not yet slow. */
const GUEST_ROWS = [...ROWS, 750_000, 1_000_000, 1_250_000, 1_500_000];
const POISON_PCT = 0.05;
const SLOT_MS = 5_000;
const RESTART_EVERY_MS = 15_000;

const byParameter = (name: string, fault: object): Pick<SampleFault, 'inject' | 'lift'> => ({
  inject: (sample) => sample.setFaults({ [name]: fault }),
  lift: (sample) => sample.setFaults({}),
});

/** The table of "Faults to inject" in the sample's README. No function is hit again before its finding has ended; the storm comes last, since what is usual of cold starts takes an hour to learn. */
export const SAMPLE_FAULTS: readonly SampleFault[] = [
  {
    name: 'error rate',
    target: READ,
    classes: ['error-burst'],
    culprit: /INJECTED_ERROR/,
    minutes: 4,
    ...byParameter('errorRate', { pct: 25, functions: [READ] }),
  },
  {
    name: 'slow query in the payment step',
    target: CHANGE,
    classes: ['dependency-slow'],
    culprit: /^aurora: payments of card$/,
    dependency: 'aurora',
    minutes: 5,
    prepare: (sample) => grow(sample, 'payments', ROWS),
    inject: (sample) => sample.database({ action: 'drop-index', of: 'payments' }),
    lift: async (sample) => {
      await sample.database({ action: 'create-index', of: 'payments' });
      await sample.database({ action: 'shrink', of: 'payments' });
      await sample.vacuum('payment');
    },
  },
  {
    name: 'poison message',
    target: INGEST,
    classes: ['poison-message'],
    culprit: /^reservation-dev-messages:/,
    minutes: 5,
    inject: sendPoison,
    lift: (sample) => sample.setFaults({}),
  },
  {
    name: 'slow query',
    target: READ,
    classes: ['dependency-slow'],
    culprit: /^aurora: itinerary by guest$/,
    dependency: 'aurora',
    minutes: 5,
    prepare: (sample) => grow(sample, 'itinerary-guests', GUEST_ROWS),
    inject: (sample) => sample.database({ action: 'drop-index' }),
    lift: async (sample) => {
      await sample.database({ action: 'create-index' });
      await sample.database({ action: 'shrink' });
      await sample.vacuum('itinerary_guest', 'itinerary');
    },
  },
  {
    name: 'throttled dependency',
    target: INGEST,
    classes: ['connection-pressure'],
    culprit: /dynamodb/,
    minutes: 5,
    ...byParameter('throttle', { dependency: 'dynamodb', pct: 20, functions: [INGEST] }),
  },
  {
    name: 'connection pool pressure',
    target: CHANGE,
    classes: ['connection-pressure', 'dependency-slow'],
    culprit: /^aurora/,
    dependency: 'aurora',
    minutes: 5,
    ...byParameter('connectionPool', { holdMs: 1_500, pct: 30, functions: [CHANGE] }),
  },
  {
    name: 'timeout creep',
    target: INGEST,
    classes: ['slow-down', 'timeout-risk', 'timeouts'],
    isCreeping: true,
    minutes: 8,
    ...byParameter('timeoutCreep', { msPerInvocation: 20, functions: [INGEST] }),
  },
  {
    name: 'memory leak',
    target: READ,
    classes: ['memory-leak'],
    isCreeping: true,
    minutes: 25,
    ...byParameter('memoryLeak', { mbPerInvocation: 1.5, functions: [READ] }),
  },
  {
    name: 'bad deploy',
    target: CHANGE,
    classes: ['bad-deploy'],
    culprit: /^version \$LATEST of /,
    minutes: 5,
    prepare: (sample) => sample.setFaults({ badRelease: { release: 'r2', pct: 40, functions: [CHANGE] } }),
    inject: (sample) => sample.changeEnvironment(CHANGE, { RELEASE: 'r2' }),
    lift: async (sample) => {
      await sample.changeEnvironment(CHANGE, { RELEASE: 'r1' });
      await sample.setFaults({});
    },
  },
  {
    name: 'cold-start storm',
    target: READ,
    classes: ['cold-starts'],
    minutes: 4,
    ...byParameter('coldStarts', { initMs: 500, functions: [READ] }),
    // Each restart starts processes on the machine's own cores, which slows every function that runs there and would slow none on Lambda.
    goOn: async (sample) => {
      if (sample.now() % RESTART_EVERY_MS < SLOT_MS)
        await sample.changeEnvironment(READ, { RESTARTED: String(sample.now()) });
    },
  },
];

async function grow(sample: Sample, of: string, sizes: readonly number[]): Promise<void> {
  for (const rows of sizes) await sample.database({ action: 'grow', rows, of });
}

/** The fault draws by seed and sequence number; of the seeds one is taken by which a message that has just been sent is hit, and hardly another. */
async function sendPoison(sample: Sample): Promise<void> {
  const sequenceNumber = await sample.sendMessage();
  for (let seed = 1; ; seed++) {
    const digest = createHash('sha256').update(`${seed}\npoison\n${sequenceNumber}`).digest();
    if (digest.readUInt32BE() / 2 ** 32 < POISON_PCT / 100)
      return sample.setFaults({ seed, poisonMessages: { pct: POISON_PCT } });
  }
}
