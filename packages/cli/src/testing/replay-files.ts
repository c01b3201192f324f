import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readReplayInput } from '../replay/input/read-replay-input.ts';
import type { ReplayInput } from '../replay/input/replay-source.ts';

export const GROUP = '/aws/lambda/orders';
export const STREAM = '2020/06/09/[$LATEST]b249865adaaf4fad80f95f8ad09725b8';
export const ID = '7c9567b5-107b-4a6c-8798-0157ac21db52';
/** A real timeout, from the tests of DataDog/datadog-serverless-functions (Apache-2.0). */
export const EVENTS = [
  {
    id: '35496429375792603298393743017356257146982675867810398208',
    timestamp: 1591714943146,
    message: `START RequestId: ${ID} Version: $LATEST\n`,
  },
  {
    id: '35496429442806342619978265557671090556291002193281548289',
    timestamp: 1591714946151,
    message: `END RequestId: ${ID}\n`,
  },
  {
    id: '35496429442806342619978265557671090556291002193281548290',
    timestamp: 1591714946151,
    message: `REPORT RequestId: ${ID}\tDuration: 3003.16 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 48 MB\tInit Duration: 127.02 ms\t\n`,
  },
  {
    id: '35496429442806342619978265557671090556291002193281548291',
    timestamp: 1591714946151,
    message: `2020-06-09T15:02:26.150Z ${ID} Task timed out after 3.00 seconds\n\n`,
  },
];
export const PAYLOAD = {
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: GROUP,
  logStream: STREAM,
  subscriptionFilters: ['f'],
  logEvents: EVENTS,
};
export const CONTROL = {
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logGroup: '',
  logStream: '',
  subscriptionFilters: [],
  logEvents: [
    { id: '', timestamp: 1510109208016, message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.' },
  ],
};
export const packed = (payload: object): string => gzipSync(JSON.stringify(payload)).toString('base64');
export const listed = EVENTS.map(({ id, ...event }) => ({
  ...event,
  logStreamName: STREAM,
  ingestionTime: event.timestamp,
  eventId: id,
}));
export const exportText = EVENTS.map((event) => `${new Date(event.timestamp).toISOString()} ${event.message}`).join(
  '\n',
);

export const rowOf = ({ timestamp, message }: (typeof EVENTS)[number]): string => {
  const time = new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '');
  return `${time},"${message}",${time}`;
};

let place: string | undefined;

/** Deletes what {@link readFiles} wrote. */
export const removeFiles = async (): Promise<void> => {
  if (place !== undefined) await rm(place, { recursive: true });
  place = undefined;
};

/** A new folder, gone after {@link removeFiles}. */
export async function inputFolder(): Promise<string> {
  place ??= await mkdtemp(join(tmpdir(), 'lamplighter-read-'));
  return mkdtemp(join(place, 'input-'));
}

/** What a replay reads of these files, or of those among them that are named. */
export async function readFiles(
  files: Readonly<Record<string, string | Buffer>>,
  named?: readonly string[],
): Promise<ReplayInput> {
  const folder = await inputFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return readReplayInput(
    (named ?? Object.keys(files)).map((name) => join(folder, name)),
    { logGroupOf: () => GROUP },
  );
}

export const messagesOf = (input: ReplayInput): string[] =>
  input.sources.flatMap((source) => source.events.map((event) => event.message.trimEnd()));
export const MESSAGES = EVENTS.map((event) => event.message.trimEnd());
