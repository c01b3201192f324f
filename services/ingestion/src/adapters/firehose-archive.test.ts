import { type PutRecordBatchCommand, ServiceUnavailableException } from '@aws-sdk/client-firehose';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { logBatch } from '../../test/sample-history.ts';
import { type FirehoseArchiveOptions, firehoseArchive } from './firehose-archive.ts';

/** What becomes of each call: whether each of its records is taken, over and over; or the call as a whole is refused. */
type Verdict = readonly boolean[] | 'refused';

/** An archive whose Firehose answers with these verdicts, one a call, and then takes everything. */
function archiveOf(verdicts: readonly Verdict[]) {
  const [taken, past, paused, warned]: [Buffer[], Buffer[], number[], string[]] = [[], [], [], []];
  let calls = 0;
  const send = async ({ input }: PutRecordBatchCommand) => {
    const verdict = verdicts[calls++] ?? [true];
    if (verdict === 'refused') throw new ServiceUnavailableException({ message: 'Slow down.', $metadata: {} });
    const RequestResponses = input.Records!.map(({ Data }, index) => {
      if (!verdict[index % verdict.length]) return { ErrorCode: 'ServiceUnavailableException' };
      taken.push(Buffer.from(Data!));
      return { RecordId: String(index) };
    });
    return { FailedPutCount: RequestResponses.filter((one) => 'ErrorCode' in one).length, RequestResponses };
  };
  const archive = firehoseArchive({
    client: { send } as unknown as FirehoseArchiveOptions['client'],
    deliveryStream: 'archive',
    overflow: async (lines) => void past.push(lines),
    logger: { warn: (said: string) => void warned.push(said) },
    pause: async (ms) => void paused.push(ms),
    jitter: () => 1,
  });
  const messagesOf = (buffers: readonly Buffer[]) =>
    Buffer.concat(buffers)
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { message: string }).message);
  return { archive, paused, warned, taken: () => messagesOf(taken), past: () => messagesOf(past) };
}

const batchOf = (messages: readonly string[]) => logBatch('/aws/lambda/booking', 'aaaa', messages);
/** A record holds two of them. */
const LONG = 'x'.repeat(400_000);

test('what Firehose has no room for is offered again after a longer and longer while, then goes past it', async () => {
  const world = archiveOf([[false], [false], [false], [false]]);

  await world.archive(batchOf(['one', 'two']), 'us-east-1');

  expect(world.paused).toEqual([100, 200, 400]);
  expect([world.taken(), world.past()]).toEqual([[], ['one', 'two']]);
  expect(world.warned).toEqual([expect.stringContaining('quota')]);
});

test('a Firehose that answers nothing keeps nothing from the archive', async () => {
  const world = archiveOf(['refused']);

  await world.archive(batchOf(['one']), 'us-east-1');

  expect([world.paused, world.past()]).toEqual([[], ['one']]);
});

test('a line that is longer than a record goes past Firehose in one piece', async () => {
  const world = archiveOf([]);
  const tooLong = 'y'.repeat(1_100_000);

  await world.archive(batchOf(['one', tooLong]), 'us-east-1');

  expect([world.taken(), world.past()]).toEqual([['one'], [tooLong]]);
});

test('whatever Firehose refuses, each line is archived exactly once', async () => {
  const verdict = fc.oneof(fc.constant('refused' as const), fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(fc.array(verdict, { maxLength: 12 }), fc.integer({ min: 1, max: 14 }), async (verdicts, count) => {
      const world = archiveOf(verdicts);
      const messages = Array.from({ length: count }, (_, index) => `${index} ${LONG}`);

      await world.archive(batchOf(messages), 'us-east-1');

      expect([...world.taken(), ...world.past()].sort()).toEqual(messages.sort());
    }),
    { numRuns: 20 },
  );
});
