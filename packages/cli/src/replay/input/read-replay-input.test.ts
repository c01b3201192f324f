import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  CONTROL,
  EVENTS,
  exportText,
  GROUP,
  ID,
  inputFolder,
  listed,
  MESSAGES,
  messagesOf,
  PAYLOAD,
  packed,
  readFiles,
  removeFiles,
  rowOf,
  STREAM,
} from '../../testing/replay-files.ts';
import { readReplayInput } from './read-replay-input.ts';

afterAll(removeFiles);

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
    const place = await mkdtemp(join(await inputFolder(), 'links-'));
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
