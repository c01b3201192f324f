import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { fixturePayload } from '../../test/log-story.ts';
import { decodeKinesisRecordData, decodeSubscriptionPayload, type RejectReason } from '../index.ts';

const EVENT = { id: '1', timestamp: 1_791_444_600_000, message: 'hello' };
const PAYLOAD = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: '2026/10/08/[$LATEST]22be53a8cfde4e68b844f8ec293b2543',
  subscriptionFilters: ['lamplighter'],
  logEvents: [EVENT],
};

const encode = (payload: unknown): string => gzipSync(JSON.stringify(payload)).toString('base64');
const decode = (change: Record<string, unknown>) => decodeSubscriptionPayload(encode({ ...PAYLOAD, ...change }));
const reasonOf = (data: string | Uint8Array, maxInflatedBytes?: number): RejectReason | string => {
  const decoded = decodeSubscriptionPayload(data, maxInflatedBytes === undefined ? {} : { maxInflatedBytes });
  return decoded.kind === 'rejected' ? decoded.reason : decoded.kind;
};
const eventsOf = (decoded: ReturnType<typeof decodeSubscriptionPayload>) =>
  decoded.kind === 'data' ? decoded : undefined;

describe('payloads of real services', () => {
  test.each([
    ['awslogs-go.json', 2],
    ['awslogs-powertools.json', 3],
  ])('reads %s', (name, count) => {
    const { awslogs } = fixturePayload<{ awslogs: { data: string } }>(name);
    expect(eventsOf(decodeSubscriptionPayload(awslogs.data))?.batch.events).toHaveLength(count);
  });

  test('reads Kinesis records with one payload each', () => {
    const { Records } = fixturePayload<{ Records: { kinesis: { data: string } }[] }>('kinesis-powertools.json');
    expect(Records.map(({ kinesis }) => decodeKinesisRecordData(kinesis.data).kind)).toEqual(Records.map(() => 'data'));
  });

  test('knows a control message and its text', () => {
    const text = JSON.stringify(fixturePayload('control-message.json'));
    expect(decodeSubscriptionPayload(text)).toEqual({
      kind: 'control',
      owner: 'CloudwatchLogs',
      messages: ['CWL CONTROL MESSAGE: Checking health of destination Firehose.'],
    });
  });

  test.each([
    ['awslogs-bad-base64.json', 'bad-base64'],
    ['awslogs-zlib-policy-level.json', 'unknown-encoding'],
  ])('rejects %s', (name, reason) => {
    const { awslogs } = fixturePayload<{ awslogs: { data: string } }>(name);
    expect(reasonOf(awslogs.data)).toBe(reason);
  });
});

describe('encodings', () => {
  test('gives the same batch from base64, gzip bytes, JSON bytes and JSON text', () => {
    const json = JSON.stringify(PAYLOAD);
    const gzip = gzipSync(json);
    const forms = [
      gzip.toString('base64'),
      gzip,
      new Uint8Array(gzip),
      Buffer.from(json),
      json,
      Buffer.from(json).toString('base64'),
    ];
    const batches = forms.map((form) => eventsOf(decodeSubscriptionPayload(form))?.batch);
    const { messageType: _, logEvents: events, ...rest } = PAYLOAD;
    expect(batches).toEqual(forms.map(() => ({ ...rest, events })));
  });

  test('accepts base64 with line breaks and no other character outside the alphabet', () => {
    const text = encode(PAYLOAD);
    expect(reasonOf(`${text.slice(0, 76)}\r\n${text.slice(76)}\n`)).toBe('data');
    expect(reasonOf(`${text.slice(0, 4)}*${text.slice(5)}`)).toBe('bad-base64');
    expect(reasonOf(`${text.slice(0, 4)}-${text.slice(5)}`)).toBe('bad-base64');
    expect(reasonOf(`${text} `)).toBe('bad-base64');
  });

  test('keeps characters beyond ASCII', () => {
    expect(eventsOf(decode({ logEvents: [{ ...EVENT, message: 'Zürich 東京 🏨' }] }))?.batch.events[0]?.message).toBe(
      'Zürich 東京 🏨',
    );
  });

  test.each<[RejectReason, string | Uint8Array]>([
    ['empty-payload', ''],
    ['empty-payload', '\n'],
    ['empty-payload', new Uint8Array()],
    ['unknown-encoding', Buffer.from('hello')],
    ['unknown-encoding', deflateSync(JSON.stringify(PAYLOAD))],
    ['truncated-gzip', gzipSync('{}').subarray(0, 10)],
    ['truncated-gzip', gzipSync(JSON.stringify(PAYLOAD)).subarray(0, 30)],
    ['bad-gzip', Buffer.concat([gzipSync(JSON.stringify(PAYLOAD)), Buffer.from('garbage')])],
    ['bad-json', Buffer.concat([gzipSync(JSON.stringify(PAYLOAD)), gzipSync(JSON.stringify(PAYLOAD))])],
    ['bad-utf8', gzipSync(Buffer.concat([Buffer.from('{"owner":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]))],
    ['bad-json', gzipSync('{"messageType":')],
    ['not-an-object', gzipSync('[1]')],
    ['not-an-object', gzipSync('null')],
    ['not-an-object', gzipSync(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['json-too-complex', gzipSync(`{"a":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`)],
    ['json-too-complex', gzipSync(`{"a":[${'[],'.repeat(1_100_000)}[]]}`)],
  ])('rejects with %s', (reason, data) => {
    expect(reasonOf(data)).toBe(reason);
  });

  test('stops inflating at the limit, whatever the trailer says', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(10, lying.length - 4);
    expect(reasonOf(bomb, 1_000_000)).toBe('inflated-too-large');
    expect(reasonOf(lying, 1_000_000)).toBe('inflated-too-large');
    expect(reasonOf(Buffer.from(`{"a":"${'x'.repeat(100)}"}`), 50)).toBe('inflated-too-large');
  });

  test('reads a million characters of text without taking them for structure', () => {
    const message = `{"quoted \\" [[[ ${'['.repeat(1_200_000)}`;
    expect(eventsOf(decode({ logEvents: [{ ...EVENT, message }] }))?.batch.events[0]?.message).toBe(message);
  });
});

describe('shape', () => {
  test.each<[RejectReason, Record<string, unknown>]>([
    ['unknown-message-type', { messageType: 'OTHER' }],
    ['unknown-message-type', { messageType: undefined }],
    ['unknown-message-type', { messageType: null }],
    ['bad-owner', { owner: 12 }],
    ['bad-owner', { messageType: 'CONTROL_MESSAGE', owner: undefined }],
    ['bad-log-group', { logGroup: '' }],
    ['bad-log-stream', { logStream: [] }],
    ['bad-subscription-filters', { subscriptionFilters: [1] }],
    ['bad-policy-level', { policyLevel: 7 }],
    ['bad-log-events', { logEvents: {} }],
    ['bad-log-events', { messageType: 'CONTROL_MESSAGE', logEvents: 'none' }],
  ])('rejects with %s', (reason, change) => {
    expect(decode(change)).toMatchObject({ kind: 'rejected', reason });
  });

  test('keeps the neighbours of events that are wrong, and says which and why', () => {
    const wrong = [
      null,
      { ...EVENT, id: 7 },
      { ...EVENT, id: '' },
      { ...EVENT, timestamp: '1' },
      { ...EVENT, timestamp: -1 },
      { ...EVENT, timestamp: 1e18 },
      { ...EVENT, timestamp: 1.5 },
      { ...EVENT, message: { text: 'no' } },
    ];
    const decoded = eventsOf(
      decode({ logEvents: [EVENT, ...wrong, { ...EVENT, id: '2', timestamp: 0, message: '' }] }),
    );
    expect(decoded?.batch.events.map(({ id }) => id)).toEqual(['1', '2']);
    expect(decoded?.rejectedEvents.map(({ index, reason }) => `${index} ${reason}`)).toEqual([
      '1 event-not-an-object',
      '2 bad-event-id',
      '3 bad-event-id',
      '4 bad-event-timestamp',
      '5 bad-event-timestamp',
      '6 bad-event-timestamp',
      '7 bad-event-timestamp',
      '8 bad-event-message',
    ]);
  });

  test('keeps the policy level and extracted fields, and leaves out fields that are no text', () => {
    const extractedFields = { '@aws.account': '123456789012', level: 'INFO' };
    const decoded = decode({
      policyLevel: 'ORGANIZATION_LEVEL_POLICY',
      logEvents: [
        { ...EVENT, extractedFields },
        { ...EVENT, id: '2', extractedFields: { deep: {} } },
      ],
    });
    expect(eventsOf(decoded)?.batch).toMatchObject({ policyLevel: 'ORGANIZATION_LEVEL_POLICY' });
    expect(eventsOf(decoded)?.batch.events).toEqual([
      { ...EVENT, extractedFields },
      { ...EVENT, id: '2' },
    ]);
  });

  test('a __proto__ key changes nothing', () => {
    const json = `{"__proto__":{"owner":"evil"},${JSON.stringify({ ...PAYLOAD, owner: undefined }).slice(1)}`;
    expect(decodeSubscriptionPayload(json)).toMatchObject({ kind: 'rejected', reason: 'bad-owner' });
    expect(({} as { owner?: string }).owner).toBeUndefined();
  });

  test('reads 100,000 events', () => {
    const logEvents = Array.from({ length: 100_000 }, (_, index) => ({ ...EVENT, id: String(index) }));
    expect(eventsOf(decode({ logEvents }))?.batch.events).toHaveLength(100_000);
  });
});

describe('Kinesis records', () => {
  test('rejects what the Kinesis Producer Library aggregated', () => {
    const aggregated = Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), Buffer.alloc(20)]);
    expect(decodeKinesisRecordData(aggregated)).toMatchObject({ kind: 'rejected', reason: 'kpl-aggregated' });
    expect(decodeKinesisRecordData(aggregated.toString('base64'))).toMatchObject({ reason: 'kpl-aggregated' });
  });

  test('rejects bad base64', () => {
    expect(decodeKinesisRecordData('abc')).toMatchObject({ kind: 'rejected', reason: 'bad-base64' });
  });
});
