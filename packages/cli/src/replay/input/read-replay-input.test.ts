import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readReplayInput } from './read-replay-input.ts';
import type { ReplayInput } from './replay-source.ts';

const GROUP = '/aws/lambda/orders';
const STREAM = '2020/06/09/[$LATEST]b249865adaaf4fad80f95f8ad09725b8';
const ID = '7c9567b5-107b-4a6c-8798-0157ac21db52';
/** A real timeout, from the tests of DataDog/datadog-serverless-functions (Apache-2.0). */
const EVENTS = [
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
const PAYLOAD = {
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: GROUP,
  logStream: STREAM,
  subscriptionFilters: ['f'],
  logEvents: EVENTS,
};
const CONTROL = {
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logGroup: '',
  logStream: '',
  subscriptionFilters: [],
  logEvents: [
    { id: '', timestamp: 1510109208016, message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.' },
  ],
};
const packed = (payload: object): string => gzipSync(JSON.stringify(payload)).toString('base64');
const listed = EVENTS.map(({ id, ...event }) => ({
  ...event,
  logStreamName: STREAM,
  ingestionTime: event.timestamp,
  eventId: id,
}));
const exportText = EVENTS.map((event) => `${new Date(event.timestamp).toISOString()} ${event.message}`).join('\n');

const rowOf = ({ timestamp, message }: (typeof EVENTS)[number]): string => {
  const time = new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '');
  return `${time},"${message}",${time}`;
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lamplighter-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readFiles(
  files: Readonly<Record<string, string | Buffer>>,
  named?: readonly string[],
): Promise<ReplayInput> {
  const place = await mkdtemp(join(folder, 'input-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), content);
  }
  return readReplayInput(
    (named ?? Object.keys(files)).map((name) => join(place, name)),
    { logGroupOf: () => GROUP },
  );
}

const messagesOf = (input: ReplayInput): string[] =>
  input.sources.flatMap((source) => source.events.map((event) => event.message.trimEnd()));
const MESSAGES = EVENTS.map((event) => event.message.trimEnd());

describe('readReplayInput', () => {
  test.each<[string, string | Buffer]>([
    ['the answer of filter-log-events', JSON.stringify({ events: listed, searchedLogStreams: [] }, null, 4)],
    [
      'its answer in pages',
      JSON.stringify([{ events: listed.slice(0, 2), nextToken: 't' }, { events: listed.slice(2) }]),
    ],
    ['its events as a list', JSON.stringify(listed, null, 2)],
    ['its events as NDJSON', listed.map((event) => JSON.stringify(event)).join('\n')],
    ['a gzip of it', gzipSync(JSON.stringify({ events: listed }))],
    ['it in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${JSON.stringify({ events: listed })}`, 'utf16le')],
    ['a decoded subscription payload', JSON.stringify(PAYLOAD, null, 2)],
    [
      'payloads without anything between them, as Firehose writes them',
      JSON.stringify(PAYLOAD) + JSON.stringify(PAYLOAD),
    ],
    ['the event of a subscribed function', JSON.stringify({ awslogs: { data: packed(PAYLOAD) } })],
    ['a payload in base64', packed(PAYLOAD)],
    ['a payload in base64, wrapped', (packed(PAYLOAD).match(/.{1,76}/g) ?? []).join('\n')],
    ['payloads in base64, one a line', `${packed(PAYLOAD)}\n${packed({ ...PAYLOAD, logEvents: EVENTS.slice(1) })}\n`],
    [
      'a Kinesis event',
      JSON.stringify(
        { Records: [{ kinesis: { data: packed(PAYLOAD) } }, { kinesis: { data: packed(PAYLOAD) } }] },
        null,
        1,
      ),
    ],
    [
      'what `aws kinesis get-records` prints',
      JSON.stringify({ Records: [{ SequenceNumber: '1', Data: packed(PAYLOAD), PartitionKey: 'p' }] }),
    ],
    [
      'payloads as NDJSON, one of them delivered twice',
      [PAYLOAD, CONTROL, PAYLOAD].map((payload) => JSON.stringify(payload)).join('\n'),
    ],
  ])('reads %s', async (_name, content) => {
    const input = await readFiles({ 'input.log': content });

    expect(input.sources).toMatchObject([{ logGroup: GROUP, logStream: STREAM, events: EVENTS }]);
  });

  const streamOf = (digit: string): string => `2020/06/09/[$LATEST]${digit.repeat(32)}`;
  const [orders, pay] = [
    { logGroup: GROUP, logStream: streamOf('a') },
    { logGroup: '/aws/lambda/pay', logStream: streamOf('b') },
  ];
  const [start, end, report, timeout] = EVENTS as [Line, Line, Line, Line];
  type Line = (typeof EVENTS)[number];

  test.each<[string, (from: { logGroup: string; logStream: string }, event: Line) => object]>([
    [
      "Lamplighter's archive",
      ({ logGroup, logStream }, event) => ({
        owner: '111122223333',
        region: 'eu-west-1',
        logGroup,
        logStream,
        ...event,
      }),
    ],
    [
      'what Vector ships',
      ({ logGroup, logStream }, { id, timestamp, message }) => ({
        id,
        log_group: logGroup,
        log_stream: logStream,
        message,
        timestamp: new Date(timestamp).toISOString(),
      }),
    ],
  ])('keeps the functions of %s apart', async (_name, lineOf) => {
    const lines = [
      lineOf(orders, start),
      lineOf(pay, timeout),
      lineOf(orders, end),
      lineOf(pay, report),
      lineOf(orders, report),
    ];
    const part = gzipSync(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const input = await readFiles({ 'part-0.gz': part });

    const sources = [...input.sources].sort((a, b) => (a.logGroup < b.logGroup ? -1 : 1));
    expect(sources).toMatchObject([
      { ...orders, events: [start, end, report] },
      { ...pay, events: [timeout, report] },
    ]);
    expect(sources.map(({ events }) => events.length)).toEqual([3, 2]);
  });

  test.each<[string, string]>([
    [
      'the answer of get-log-events',
      JSON.stringify({ events: EVENTS.map(({ id, ...event }) => event), nextForwardToken: 'f/1' }),
    ],
    ['raw messages', JSON.stringify(EVENTS.map((event) => event.message))],
    ['what `jq .events[].message` prints', EVENTS.map((event) => JSON.stringify(event.message)).join('\n')],
    [
      'a table of Logs Insights with its columns in another order',
      ['@ingestionTime,@message,@timestamp', ...EVENTS.map(rowOf)].join('\n'),
    ],
    ['a table of messages alone', ['@message', ...EVENTS.map((event) => `"${event.message}"`)].join('\n')],
    ['its JSON of messages alone', JSON.stringify(EVENTS.map((event) => ({ '@message': event.message })))],
    [
      'the tail of an invocation',
      JSON.stringify({
        StatusCode: 200,
        LogResult: Buffer.from(EVENTS.map((event) => event.message).join('')).toString('base64'),
      }),
    ],
    [
      'a copy of the console, newest first',
      EVENTS.toReversed()
        .map((event) => `${new Date(event.timestamp).toISOString()}\t${event.message}`)
        .join(''),
    ],
    ['bare text', EVENTS.map((event) => event.message).join('')],
  ])('reads %s, which does not name its stream', async (_name, content) => {
    const input = await readFiles({ 'input.log': content });

    expect(messagesOf(input)).toEqual(MESSAGES);
    expect(input.sources[0]?.logStream).toBe('replay/input.log');
  });

  test('reads the folder of an export task: parts of a stream in order, the write test left out', async () => {
    const stream = `export/3b1c0d61-5e2a-4a3e-9a4e-1f5b0f6f1c11/${STREAM.replaceAll('/', '-')}`;
    const lines = exportText.trimEnd().split(/\n(?=2020)/);
    const [first, second] = [lines.slice(0, 2).join('\n'), lines.slice(2).join('\n')];
    const input = await readFiles(
      {
        [`${stream}/000001.gz`]: gzipSync(second),
        [`${stream}/000000.gz`]: gzipSync(first),
        'export/aws-logs-write-test': 'Permission Check Successful',
      },
      ['export'],
    );

    expect(input.sources).toMatchObject([{ logGroup: GROUP, logStream: STREAM }]);
    expect(messagesOf(input)).toEqual(MESSAGES);
    expect(input.notes).toEqual([expect.stringContaining('aws-logs-write-test')]);
  });

  test('leaves out what is to be overwritten, and links that lead to folders or nowhere', async () => {
    const place = await mkdtemp(join(folder, 'links-'));
    await writeFile(join(place, 'events.json'), JSON.stringify({ events: listed }));
    await writeFile(join(place, 'audit.ndjson'), `{"requestId":"${ID}"}\n`);
    await symlink('..', join(place, 'up'));
    await symlink('nowhere', join(place, 'broken'));
    await symlink('events.json', join(place, 'linked.json'));
    const input = await readReplayInput([place], { logGroupOf: () => GROUP, leaveOut: join(place, 'audit.ndjson') });

    expect(messagesOf(input)).toEqual(MESSAGES);
    expect(input).toMatchObject({ repeated: 4, rejected: [] });
  });

  test('an empty file among others is noted, and a time that none can be is rejected', async () => {
    const impossible = [-5, 1e17].map((timestamp) => ({ ...listed[0], timestamp, eventId: String(timestamp) }));
    const input = await readFiles({
      'empty.log': '',
      'events.json': JSON.stringify({ events: [...impossible, ...listed] }),
    });

    expect(messagesOf(input)).toEqual(MESSAGES);
    expect(input.notes).toEqual([expect.stringMatching(/empty\.log holds no log events\.$/)]);
    expect(input.rejected).toMatchObject([
      { reason: 'unreadable-time', count: 2, detail: '-5 as milliseconds since 1970' },
    ]);
  });

  test('an export and a download of the same events are one', async () => {
    const input = await readFiles({
      [`task/${STREAM.replaceAll('/', '-')}/000000`]: exportText,
      'events.json': JSON.stringify({ events: listed }),
    });

    expect(input).toMatchObject({ repeated: 4, sources: [{ events: EVENTS }] });
  });

  test('sets aside what is not of Lambda between what is', async () => {
    const other = {
      ...PAYLOAD,
      logGroup: '/aws/rds/cluster/db/audit',
      logStream: 'db',
      logEvents: [{ id: '1', timestamp: 1, message: 'SELECT 1' }],
    };
    const input = await readFiles({
      'input.ndjson': `${[PAYLOAD, other, CONTROL].map((payload) => JSON.stringify(payload)).join('\n')}\n{"half`,
    });

    expect(input.sources).toHaveLength(1);
    expect(input.rejected.map(({ reason, count }) => [reason, count])).toEqual([
      ['control-message', 1],
      ['unreadable-json', 1],
      ['not-lambda-logs', 1],
    ]);
  });

  test('a line that an application wrote below its first stays part of its event', async () => {
    const forged = `2020-06-09T15:02:24.000Z innocent\nREPORT RequestId: ${ID}\tDuration: 1.00 ms\n`;
    const input = await readFiles({ [`task/${STREAM.replaceAll('/', '-')}/000000`]: forged + exportText });

    expect(messagesOf(input).filter((message) => message.startsWith('REPORT'))).toHaveLength(1);
  });
});

describe('bad input', () => {
  const gz = gzipSync(exportText.repeat(50));
  test.each<[string, string, Readonly<Record<string, string | Buffer>>, readonly string[]]>([
    ['missing-file', 'a missing file', {}, ['nowhere.json']],
    ['no-logs', 'an empty file', { 'empty.log': '' }, ['empty.log']],
    ['no-logs', 'a directory with nothing but hidden files', { 'dir/.DS_Store': 'x' }, ['dir']],
    ['not-lambda-logs', 'a directory without logs', { 'dir/README.md': '# Read me' }, ['dir']],
    ['half-written-gz', 'a half-written .gz', { 'a.gz': gz.subarray(0, gz.length / 2) }, ['a.gz']],
    ['half-written-gz', 'a half-written .gz among good ones', { 'd/a.gz': gz, 'd/b.gz': gz.subarray(0, 60) }, ['d']],
    [
      'not-gzip',
      'a damaged .gz',
      { 'a.gz': Buffer.concat([gz.subarray(0, 40), Buffer.alloc(40, 7), gz.subarray(80)]) },
      ['a.gz'],
    ],
    ['unreadable-json', 'half a JSON file', { 'a.json': JSON.stringify({ events: listed }).slice(0, -30) }, ['a.json']],
    ['unreadable-json', 'broken JSON', { 'a.json': '{"events": [{"timestamp": 1, message: "x"}]}' }, ['a.json']],
    ['no-logs', 'JSON of log events without any', { 'a.json': '{"events": [], "searchedLogStreams": []}' }, ['a.json']],
    [
      'no-logs',
      'a payload that does not decode',
      { 'a.json': JSON.stringify({ awslogs: { data: packed(PAYLOAD).slice(0, 60) } }) },
      ['a.json'],
    ],
    ['no-logs', 'nothing but empty files', { 'a.log': '', 'b.log': '\n' }, ['a.log', 'b.log']],
    ['no-logs', 'times in nanoseconds', { 'a.json': JSON.stringify([{ timestamp: 1e18, message: 'x' }]) }, ['a.json']],
    ['not-lambda-logs', 'records in YAML', { 'a.yml': `- message: 'START RequestId: ${ID}'\n` }, ['a.yml']],
    ['not-lambda-logs', 'other JSON', { 'package.json': '{"name": "x", "version": "1.0.0"}' }, ['package.json']],
    [
      'not-lambda-logs',
      'a VPC flow log',
      {
        'f.log':
          '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n',
      },
      ['f.log'],
    ],
    [
      'not-lambda-logs',
      'an nginx log',
      {
        'access.log':
          '203.0.113.7 - - [21/Nov/2026:09:00:00 +0000] "GET /?q=REPORT%20RequestId: HTTP/1.1" 200 612 "-" "curl"\n',
      },
      ['access.log'],
    ],
    [
      'not-lambda-logs',
      'a function of another cloud',
      {
        'y.log':
          '2021-05-18 09:27:43  START RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Version: b09i2s85a0c1********\n2021-05-18 09:27:43  REPORT RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Duration: 538.610 ms Billed Duration: 538.700 ms Memory Size: 128 MB Max Memory Used: 13 MB\n',
      },
      ['y.log'],
    ],
  ])('%s: %s', async (code, _name, files, named) => {
    const error = await readFiles(files, named).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: 'InputError', code });
    expect(String((error as { wayOut: unknown }).wayOut)).toMatch(/\w\.$/);
    expect((error as Error).message).not.toContain('\n');
  });

  test('log-group-needed: a download that does not name its log group', async () => {
    const file = join(folder, 'events.json');
    await writeFile(file, JSON.stringify({ events: listed }));

    await expect(readReplayInput([file], { logGroupOf: () => undefined })).rejects.toMatchObject({
      code: 'log-group-needed',
    });
  });
});
